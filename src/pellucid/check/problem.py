"""A network at one point of its weights and inputs: the loss, and its gradient by backward and automatically."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

import numpy as np

from pellucid.check import oracles
from pellucid.check.differences import RIGHT
from pellucid.errors import CheckError
from pellucid.layer import Layer, Loss
from pellucid.trees import flatten, leaves, replace_leaves, times_share, tree_map
from pellucid.types import Array, Tree

EPSILON = float(np.finfo(np.float64).eps)

Gradient: TypeAlias = dict[str, Array]
"""An array for every leaf that can change, by path."""


@dataclass(frozen=True)
class Problem:
    """The loss of a network as a function of everything it reads: a tree with the branches params, state, x, key,
    target and share (the part that each example has in the mean). It can be differentiated by the leaves at ``paths``.
    """

    model: Layer
    loss: Loss
    train: bool
    paths: tuple[str, ...]

    @classmethod
    def at(cls, tree: Tree, model: Layer, loss: Loss, train: bool) -> Problem:
        """The problem that can be differentiated by every floating number of params and x in ``tree``."""
        return cls(model, loss, train, tuple(path for path, leaf in numbers(tree).items() if leaf.dtype == np.float64))

    def value(self, tree: Tree) -> Array:
        """``E = sum_i share_i loss_i``."""
        y, _, _ = self.model.forward(tree["params"], tree["state"], tree["x"], tree["key"], self.train)
        return (tree["share"] * self.loss.value(y, tree["target"])).sum()

    def backward(self, tree: Tree) -> tuple[Tree, Tree, Tree]:
        """The outputs, the gradient by them, and the gradients by params and x that ``backward`` gives."""
        y, cache, _ = self.model.forward(tree["params"], tree["state"], tree["x"], tree["key"], self.train)
        dy = times_share(self.loss.gradient(y, tree["target"]), tree["share"])
        dparams, dx = self.model.backward(tree["params"], cache, dy)
        return y, dy, {"params": dparams, "x": dx}

    @cached_property
    def automatic(self) -> Callable[[Tree], Gradient]:
        """The gradient by automatic differentiation, a function of the tree."""
        return oracles.automatic(self.value, self.paths)


class Point:
    """The value, the gradient by backward, and the gradient by automatic differentiation, at one tree.

    ``noise`` is the rounding to expect in one value of the loss: ten times machine epsilon times
    ``1 + |E| + sum |y dE/dy|`` (the last is what a relative error in the outputs comes to; the first is for the
    numbers between, such as the sum in a loss ``ln sum exp``). ``faults`` says for which leaves backward has no usable
    gradient, and why.
    """

    def __init__(self, problem: Problem, tree: Tree) -> None:
        self.problem, self.tree, paths = problem, tree, problem.paths
        self.value = float(problem.value(tree))
        y, dy, gradient = problem.backward(tree)
        reach = sum(float(np.abs(leaf).sum()) for leaf in leaves(tree_map(lambda a, b: a * b, y, dy)))
        self.noise = 10.0 * EPSILON * (1.0 + abs(self.value) + reach)
        here, given = flatten(tree), flatten(gradient)
        self.faults = {path: fault for path in paths if (fault := _fault(given.get(path), here[path]))}
        self.faults |= {path: "there is nothing of this name to have a gradient" for path in given if path not in here}
        self.backward = {path: np.zeros_like(here[path]) if path in self.faults else given[path] for path in paths}

    @cached_property
    def automatic(self) -> Gradient:
        """The gradient by automatic differentiation. Raises CheckError for a layer that calls NumPy."""
        try:
            return self.problem.automatic(self.tree)
        except Exception as error:
            if oracles.is_numpy_under_jax(error):
                raise CheckError("; ".join([oracles.NUMPY_UNDER_JAX, *getattr(error, "__notes__", [])])) from error
            raise

    @cached_property
    def floor(self) -> float:
        """The floor of relative errors against automatic differentiation, ``(10 eps max|gradient| + noise) / 1e-7``:
        sums that cancel to nothing are not called wrong for their rounding.
        """
        largest = max(np.abs(leaf).max(initial=0.0) for leaf in self.automatic.values())
        return float(10.0 * EPSILON * largest + self.noise) / RIGHT

    def moved(self, seed: int) -> Point:
        """A point nearby: every number that can change moved at random by about a thousandth."""
        rng = np.random.default_rng(seed)
        here = flatten(self.tree)
        step = {path: 1e-3 * np.maximum(1.0, np.abs(here[path])) for path in self.problem.paths}
        moved = {path: here[path] + size * rng.standard_normal(size.shape) for path, size in step.items()}
        return Point(self.problem, replace_leaves(self.tree, moved))


def numbers(tree: Tree) -> Gradient:
    """The leaves of params and x, by path."""
    return {path: leaf for path, leaf in flatten(tree).items() if path.split("/")[0] in ("params", "x")}


def _fault(gradient: Array | None, leaf: Array) -> str | None:
    if gradient is None:
        return "backward gives no gradient for it"
    if np.shape(gradient) != leaf.shape:
        return f"backward gives a gradient of shape {np.shape(gradient)} for an array of shape {leaf.shape}"
    return None
