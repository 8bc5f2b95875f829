"""The first steps of a training: the loss, the weights and their gradients, by the optimizer's rule on NumPy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from pellucid import ops, require
from pellucid.check.given import everything
from pellucid.check.point import Problem
from pellucid.derivation.steepest import place
from pellucid.errors import ExplainError
from pellucid.layer import Layer, Loss
from pellucid.optim import Rule
from pellucid.trees import flatten, replace_leaves
from pellucid.trial import infer_output
from pellucid.types import Params, State, Tree


@dataclass(frozen=True)
class Moment:
    """Where a training stands after ``step`` steps: the loss, and every weight with its gradient, by name."""

    step: int
    loss: float
    weights: dict[str, float]
    gradients: dict[str, float]


def first_steps(
    model: Layer,
    loss: Loss,
    x: Any,
    y: Any,
    count: int,
    *,
    optimizer: Rule,
    params: Params | None = None,
    state: State | None = None,
    names: Mapping[str, str] | None = None,
    fixed: Sequence[str] = (),
    train: bool = False,
    seed: int = 0,
) -> list[Moment]:
    """Before the first step and after each of ``count``, every one on all examples.

    Arguments are those of ``explain``; arrays at the paths ``fixed`` stay as they are, and are not listed. Raises
    ExplainError where the loss is no longer finite.
    """
    require.positive_int("first_steps", "count", count)
    tree = everything(model, x, y, params, state, seed, None)
    loss.check_target(infer_output(model, tree["params"], tree["state"], tree["x"]), tree["target"])
    problem, slots, key = Problem.at(tree, model, loss, train), optimizer.init(tree["params"]), tree["key"]
    called = _names(tree["params"], names or {}, fixed)
    moments = []
    for t in range(count + 1):
        if key is not None:
            tree = {**tree, "key": ops.fold_in(key, t)}
        error, (_, _, gradients) = float(problem.value(tree)), problem.backward(tree)
        if not np.isfinite(error):
            raise ExplainError(f"after {t} steps the loss is {error}: take a smaller learning rate")
        moments.append(Moment(t, error, _listed(tree["params"], called), _listed(gradients["params"], called)))
        if t < count:
            rate = float(optimizer.learning_rates(t))
            numbers = optimizer.numbers()
            after, slots = optimizer.update(tree["params"], gradients["params"], slots, rate, t + 1, numbers)
            held = {path: flatten(tree["params"])[path] for path in fixed}
            tree = {**tree, "params": replace_leaves(after, held)}
    return moments


def _names(params: Params, given: Mapping[str, str], fixed: Sequence[str]) -> dict[str, tuple[str, tuple[int, ...]]]:
    """Of each weight's name, where it is: the path of its array, and its place there."""
    places = [(path, index) for path, leaf in flatten(params).items() for index in np.ndindex(leaf.shape)]
    return {
        given.get(place(path, index), place(path, index)): (path, index) for path, index in places if path not in fixed
    }


def _listed(tree: Tree, called: Mapping[str, tuple[str, tuple[int, ...]]]) -> dict[str, float]:
    leaves = flatten(tree)
    return {name: float(leaves[path][index]) for name, (path, index) in called.items()}
