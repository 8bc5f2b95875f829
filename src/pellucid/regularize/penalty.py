"""What a penalty is: a term of the loss that grows with the weights, with a lambda for every array of them."""

from __future__ import annotations

from abc import abstractmethod

from pellucid import ops
from pellucid.trees import flatten, items, replace_leaves, tree_map
from pellucid.types import Array, HasShape, Params, Tree
from pellucid.value import Value


class Penalty(Value):
    """``sum_i l1_i sum |w_i| + l2_i / 2 sum w_i^2`` over the arrays of weights ``w_i``, added to the loss.

    The half makes the gradient plain: ``l1 sign(w) + l2 w``. A subclass says with which lambdas each array is charged.
    They are handed to ``penalty_value`` and ``penalty_gradient`` as numbers, so changing one compiles nothing again.
    """

    @abstractmethod
    def lambdas(self, path: str, w: HasShape) -> tuple[float, float]:
        """``(l1, l2)`` of the array ``w`` at ``path``."""

    def strengths(self, params: Params) -> Tree:
        """``{"l1": ..., "l2": ...}``: for each, a tree like ``params`` with a number for every array."""
        pairs = {path: self.lambdas(path, w) for path, w in items(params)}
        return {
            "l1": replace_leaves(params, {path: l1 for path, (l1, _) in pairs.items()}),
            "l2": replace_leaves(params, {path: l2 for path, (_, l2) in pairs.items()}),
        }


def is_weight(path: str, w: HasShape) -> bool:
    """Whether ``w`` weighs inputs: it has two axes or more and is not named ``b``.

    All else is left alone by penalties and constraints: biases, and the scales and shifts of normalisation, only
    say where and how widely a unit answers, and shrinking them makes a network fit worse without making it smoother.
    """
    return len(w.shape) >= 2 and path.rsplit("/", 1)[-1] != "b"


def penalty_value(params: Params, strengths: Tree) -> Array:
    """The penalty of all weights, one number."""
    l1, l2 = flatten(strengths["l1"]), flatten(strengths["l2"])
    return sum(l1[path] * ops.namespace(w).abs(w).sum() + 0.5 * l2[path] * (w * w).sum() for path, w in items(params))


def penalty_gradient(params: Params, strengths: Tree) -> Params:
    """``l1 sign(w) + l2 w`` for every weight, in the tree and dtype of ``params``; at 0, the kink of ``|w|``, 0."""

    def gradient(w: Array, l1: float, l2: float) -> Array:
        return l1 * ops.namespace(w).sign(w) + l2 * w

    pull: Params = tree_map(gradient, params, strengths["l1"], strengths["l2"])
    return pull
