"""An update rule on all weights of a small network as one vector, for NumPy.

A call of NumPy on a few numbers takes about as long as on a few thousand, so that for a small network the calls count,
not the numbers. Each number is computed as it would be in its own array, so the results are the same.
"""

from __future__ import annotations

from inspect import getattr_static
from itertools import accumulate, pairwise
from typing import Any, NamedTuple, Self

import numpy as np

from pellucid.optim.optimizer import Optimizer
from pellucid.optim.rule import Rule
from pellucid.trees import Structure, leaves, tree_structure
from pellucid.types import Array, Params, Tree

FEW_NUMBERS = 4096
"""Up to so many numbers, copying all arrays into one vector takes less time than calls for each array."""


class Layout(NamedTuple):
    """Where the arrays of a tree lie in the vector of all their numbers: in order, one behind the other."""

    structure: Structure
    pieces: list[tuple[slice, tuple[int, ...]]]
    """The place of each array, and its shape."""

    @classmethod
    def of(cls, tree: Tree) -> Self:
        """That of all trees that branch like ``tree`` and whose arrays have these shapes."""
        arrays = list(leaves(tree))
        ends = accumulate((array.size for array in arrays), initial=0)
        places = [slice(*bounds) for bounds in pairwise(ends)]
        return cls(tree_structure(tree), [(place, array.shape) for place, array in zip(places, arrays, strict=True)])

    def join(self, tree: Tree) -> Array:
        """The vector of all numbers of ``tree``."""
        return np.concatenate([leaf.ravel() for leaf in self.structure.leaves(tree)])

    def split(self, vector: Array) -> Tree:
        """The tree whose numbers are those of ``vector``."""
        return self.structure.rebuild(*[vector[place].reshape(shape) for place, shape in self.pieces])


class Vectors(NamedTuple):
    """The params as the rule left them, the vector that they are parts of, and the slots of the rule as vectors."""

    params: Params | None
    vector: Array | None
    slots: list[Array]


class OneVector(Optimizer):
    """``rule`` on params of this ``layout`` as one vector; its slots are ``Vectors``."""

    nameable = False

    rule: Rule
    layout: Layout

    def numbers(self) -> dict[str, float]:
        return self.rule.numbers()

    def learning_rates(self, steps: Array) -> Array:
        return self.rule.learning_rates(steps)

    def init(self, params: Params) -> Vectors:
        return self.join_slots(self.rule.init(params))

    def update(
        self, params: Params, grads: Params, slots: Vectors, learning_rate: Any, t: Any, numbers: dict[str, Any]
    ) -> tuple[Params, Vectors]:
        join = self.layout.join
        w = slots.vector if params is slots.params else join(params)  # a constraint may have changed them since
        w, *after = self.rule.move(w, join(grads), slots.slots, learning_rate, t, numbers)
        params = self.layout.split(w)
        return params, Vectors(params, w, after)

    def join_slots(self, slots: Tree) -> Vectors:
        """The slots of ``rule`` as vectors, in its order."""
        return Vectors(None, None, [self.layout.join(slots[slot]) for slot in self.rule.slots])

    def split_slots(self, vectors: Vectors) -> Tree:
        """The slots as ``rule`` has them: a tree like the params for each."""
        return dict(zip(self.rule.slots, map(self.layout.split, vectors.slots), strict=True))


def as_one_vector(optimizer: Optimizer, params: Params) -> OneVector | None:
    """``optimizer`` on all of ``params`` as one vector of NumPy.

    None where that gains nothing (a single array, or more than ``FEW_NUMBERS`` numbers) or may give other results:
    with arrays of several dtypes, and for an optimizer that does more than carry out a formula number by number.
    """
    arrays = list(leaves(params))
    if not isinstance(optimizer, Rule) or getattr_static(optimizer, "update") is not vars(Rule)["update"]:
        return None
    if len(arrays) < 2 or sum(array.size for array in arrays) > FEW_NUMBERS or len({a.dtype for a in arrays}) > 1:
        return None
    return OneVector(optimizer, Layout.of(params))
