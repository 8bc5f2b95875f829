"""The first steps of a training: the loss, the weights and their gradients, by the optimizer's rule on NumPy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from pellucid import ops, validate
from pellucid.check.inputs import everything
from pellucid.check.problem import Problem
from pellucid.derivation.arguments import check_slots, check_switches, checked_names, fixed_paths
from pellucid.derivation.derive.largest_gradient import place
from pellucid.derivation.derive.update import Move
from pellucid.derivation.trace.names import natural
from pellucid.errors import ExplainError
from pellucid.layer import Layer, Loss
from pellucid.optim import Clipping, Rule
from pellucid.regularize import Penalty
from pellucid.shape_inference import infer_output
from pellucid.trees import flatten, leaves
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
    slots: Mapping[str, Any] | None = None,
    t: int = 1,
    penalty: Penalty | None = None,
    clip: Clipping | None = None,
    names: Mapping[str, str] | None = None,
    fixed: str | Sequence[str] = (),
    train: bool = False,
    seed: int = 0,
) -> list[Moment]:
    """Before the first step and after each of ``count``, every one on all examples.

    Arguments are those of ``explain_step``; the first step is number ``t`` of the optimizer. Arrays at the paths
    ``fixed`` stay as they are, and are not listed. Raises ExplainError where the loss is no longer finite, and what
    ``explain_step`` raises.
    """
    validate.positive_int("first_steps", "count", count)
    check_switches("first_steps", train, seed)
    called, move = (
        checked_names("first_steps", names),
        Move(optimizer, {} if slots is None else slots, t, penalty, clip),
    )
    tree = everything(model, x, y, params, state, seed, None, "first_steps")
    check_slots("first_steps", optimizer, move.slots, tree["params"], trees_alone=True)
    move = replace(move, fixed=fixed_paths("first_steps", fixed, tree["params"]))
    places = _places(tree["params"], called, move.fixed)
    problem, key, moments = Problem.at(tree, model, loss, train), tree["key"], []
    with np.errstate(all="ignore"):  # what is not finite is told below
        loss.check_target(infer_output(model, tree["params"], tree["state"], tree["x"]), tree["target"])
        for step in range(count + 1):
            if key is not None:
                tree = {**tree, "key": ops.fold_in(key, step)}
            error, (_, _, gradients) = float(problem.value(tree)), problem.backward(tree)
            _require_finite(step, error, gradients["params"])
            moments.append(Moment(step, error, _listed(tree["params"], places), _listed(gradients["params"], places)))
            moved, move = move.moved(tree["params"], gradients["params"])
            tree = {**tree, "params": moved}
    return moments


def _require_finite(step: int, error: float, gradients: Params) -> None:
    """Raise ExplainError where a training has come to NaN or infinity."""
    if np.isfinite(error) and all(np.isfinite(leaf).all() for leaf in leaves(gradients)):
        return
    what = "a gradient is not finite" if np.isfinite(error) else f"the loss is {error}"
    if step == 0:
        raise ExplainError(f"before the first step {what}: explain, of any weight, says where that came about")
    raise ExplainError(f"after {step} steps {what}: take a smaller learning rate")


def _places(params: Params, given: Mapping[str, str], fixed: Sequence[str]) -> dict[str, tuple[str, tuple[int, ...]]]:
    """Of each weight's name, where it is: the path of its array, and its place there."""
    places = [(path, index) for path, leaf in flatten(params).items() for index in np.ndindex(leaf.shape)]
    known = [(given.get(place(*at), place(*at)), at) for at in places if at[0] not in fixed]
    arrays = list(flatten(params))
    return dict(sorted(known, key=lambda pair: (arrays.index(pair[1][0]), natural(pair[0]))))


def _listed(tree: Tree, places: Mapping[str, tuple[str, tuple[int, ...]]]) -> dict[str, float]:
    arrays = flatten(tree)
    return {name: float(arrays[path][index]) for name, (path, index) in places.items()}
