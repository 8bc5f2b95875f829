"""The first steps of a training: the loss, the weights and their gradients, by the optimizer's rule on NumPy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from pellucid import validate
from pellucid.derivation.algebra.natural_order import natural_key
from pellucid.derivation.bound_problem import bind_problem
from pellucid.derivation.derive.largest_gradient import element_name
from pellucid.derivation.update.training_step import TrainingStep
from pellucid.errors import ExplainError
from pellucid.layer import Layer, Loss
from pellucid.optim import Clipping, Rule
from pellucid.regularize import Constraint, Penalty
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
    constraint: Constraint | None = None,
    mixup: float | None = None,
    names: Mapping[str, str] | None = None,
    fixed: str | Sequence[str] = (),
    sample: int | None = None,
    train: bool = False,
    seed: int = 0,
) -> list[Moment]:
    """Before the first step and after each of ``count``, every one on all examples.

    Args:
        count: how many steps.
        The other arguments are those of ``explain_step``; ``t`` is the number of the first step.

    Returns:
        ``count + 1`` moments; arrays at the paths ``fixed`` are not listed.

    Raises:
        ExplainError: where the loss is no longer finite.
        Else what ``explain_step`` raises.
    """
    validate.positive_int("first_steps", "count", count)
    bound = bind_problem(
        "first_steps",
        model,
        loss,
        x,
        y,
        TrainingStep(optimizer, {} if slots is None else slots, t, penalty, clip, constraint, mixup),
        params=params,
        state=state,
        fixed=fixed,
        names=names,
        sample=sample,
        train=train,
        seed=seed,
    )
    places, moments = _places(bound.given["params"], bound.names, bound.step.fixed), []
    with np.errstate(all="ignore"):  # what is not finite is told below
        for step in range(count + 1):
            params, gradients = bound.tree["params"], bound.problem.backward(bound.tree)[2]["params"]
            error = float(bound.problem.value(bound.tree))
            _require_finite(step, error, gradients)
            moments.append(Moment(step, error, _numbers_by_name(params, places), _numbers_by_name(gradients, places)))
            bound = bound.after_step(bound.step.updates(params, gradients)[-1])
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
    known = [(given.get(element_name(*at), element_name(*at)), at) for at in places if at[0] not in fixed]
    arrays = list(flatten(params))
    return dict(sorted(known, key=lambda pair: (arrays.index(pair[1][0]), natural_key(pair[0]))))


def _numbers_by_name(tree: Tree, places: Mapping[str, tuple[str, tuple[int, ...]]]) -> dict[str, float]:
    arrays = flatten(tree)
    return {name: float(arrays[path][index]) for name, (path, index) in places.items()}
