"""One whole step of training: forward, loss, and the gradient and the update of every weight."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from pellucid.check.problem import Problem
from pellucid.derivation.algebra.natural_order import natural_key
from pellucid.derivation.algebra.step import DerivationStep
from pellucid.derivation.bound_problem import BoundProblem, bind_problem
from pellucid.derivation.derive.numeric import judge, loss_by_leaf
from pellucid.derivation.derive.target import weights_of
from pellucid.derivation.derive.wrong_backward import wrong_backward_error
from pellucid.derivation.explanation import Explanation
from pellucid.derivation.rules import Index
from pellucid.derivation.trace.trace import Trace
from pellucid.derivation.update.lines import update_lines
from pellucid.derivation.update.loss import loss_lines
from pellucid.derivation.update.training_step import TrainingStep
from pellucid.errors import ExplainError
from pellucid.layer import Layer, Loss
from pellucid.optim import Clipping, Rule
from pellucid.regularize import Constraint, Penalty
from pellucid.trees import items
from pellucid.types import Params, State, Tree

MOST = 200
"""A network with more weights than this is too large to be explained in one step."""


def explain_step(
    model: Layer,
    loss: Loss,
    x: Any,
    y: Any,
    optimizer: Rule,
    *,
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
    train: bool = True,
    seed: int = 0,
) -> Explanation:
    """One whole step of training: every number forward, the loss, the gradient and the update of every weight.

    Args:
        The arguments are those of ``explain``, but ``slots`` are trees. Arrays at the paths ``fixed`` are left out.

    Returns:
        The explanation; its subject is "E", its value the change of the loss.

    Raises:
        ExplainError: for a network of more than MOST weights.
        Else what ``explain`` raises.
    """
    bound = bind_problem(
        "explain_step",
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
    weights = _weights_in_order(bound)
    deriver = bound.deriver
    backward, update = _derive_weights(bound, weights)
    update += loss_lines(bound.problem, bound.tree, bound.updates[-1].params, "every weight has")
    between = deriver.forward()
    forward = (*bound.mixture_lines(backward), *between, deriver.error)
    deriver.names.require_registered()
    explanation = Explanation(
        "E", update[-1].value, forward, tuple(backward), tuple(update), omitted=deriver.omission(between)
    )
    explanation.verify()
    _confirm(bound.problem, bound.tree, deriver.trace, [(path, index) for path, index, _ in weights], backward)
    return explanation


def _weights_in_order(bound: BoundProblem) -> list[tuple[str, Index, str]]:
    """The path, the index and the name of every weight that moves. Raises ExplainError for more than MOST."""
    moving = [(path, array) for path, array in items(bound.tree["params"]) if path not in bound.step.fixed]
    places = [(path, index) for path, array in moving for index in np.ndindex(array.shape)]
    if len(places) > MOST:
        raise ExplainError(
            f"{len(places)} weights are too many to explain at once, at most {MOST}: explain them one by one"
        )
    users, names = weights_of(bound.deriver.trace), bound.deriver.names
    weights = [(path, index, names.weight(users[path][0][0], users[path][1], index)) for path, index in places]
    arrays = list(dict.fromkeys(path for path, _ in places))
    return sorted(weights, key=lambda weight: (arrays.index(weight[0]), natural_key(weight[2])))


def _derive_weights(
    bound: BoundProblem, weights: list[tuple[str, Index, str]]
) -> tuple[list[DerivationStep], list[DerivationStep]]:
    """The gradients of the weights, and the lines of their updates."""
    users = weights_of(bound.deriver.trace)
    backward: list[DerivationStep] = []
    update: list[DerivationStep] = []
    for path, index, name in weights:
        backward.append(bound.deriver.weight(*users[path], index))
        lines = update_lines(bound.step, bound.updates, path, index, name, backward[-1])
        update += [line if line.name.startswith(name) else replace(line, name=f"{name}: {line.name}") for line in lines]
    return backward, update


def _confirm(
    problem: Problem,
    tree: Tree,
    trace: Trace,
    weights: list[tuple[str, Index]],
    backward: list[DerivationStep],
    h: float = 1e-5,
) -> None:
    """Raise ExplainError where a gradient is not the slope measured."""
    for (path, index), step in zip(weights, backward, strict=True):
        moved = loss_by_leaf(problem, tree, f"params/{path}", index)
        numerical = (moved(h) - moved(-h)) / (2.0 * h)
        if judge(trace, moved, h, step.value, numerical).is_wrong:
            raise wrong_backward_error(problem, tree, step.name, step.value, numerical)
