"""From the gradient of a weight to the weight after the step: the stages that training walks, in lines."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from typing import Any

from pellucid.derivation.algebra.step import DerivationStep
from pellucid.derivation.rules import Index
from pellucid.derivation.update.clipping import clipping_lines
from pellucid.derivation.update.constraint import constraint_lines
from pellucid.derivation.update.penalty import penalty_lines
from pellucid.derivation.update.rule import rule_lines
from pellucid.derivation.update.training_step import TrainingStep
from pellucid.derivation.update.weight_at_stage import WeightAtStage
from pellucid.train.stages import ClippingStage, ConstraintStage, PenaltyStage, RuleStage, Stage, Update
from pellucid.trees import flatten

STAGE_LINES: dict[type[Stage], Callable[[Any, WeightAtStage], list[DerivationStep]]] = {
    PenaltyStage: penalty_lines,
    ClippingStage: clipping_lines,
    RuleStage: rule_lines,
    ConstraintStage: constraint_lines,
}
"""What makes the lines of each stage; a frozen array has one line, whatever the other stages."""


def update_lines(
    step: TrainingStep, updates: list[Update], path: str, index: Index, name: str, gradient: DerivationStep
) -> tuple[DerivationStep, ...]:
    """The lines of one weight.

    Args:
        step: the step of training.
        updates: what its stages give, ``step.updates(...)``.
        path: where the array of the weight is, such as ``dense_1/W``.
        index: the place of the weight in its array.
        name: what the reader calls the weight.
        gradient: the line that has its gradient.
    """
    after = f"{name} after the step"
    if path in step.fixed:
        value = float(flatten(updates[-1].params)[path][index])
        why = f"{path} is held fixed: it stays as it is, whatever its gradient"
        return (DerivationStep(after, None, value, why, (), "update"),)
    lines: list[DerivationStep] = []
    for stage, (before, now) in zip(step.stages, pairwise(updates), strict=True):
        if type(stage) in STAGE_LINES:
            called = "g" if lines or isinstance(stage, RuleStage) else gradient.name
            weight = WeightAtStage(path, index, called, before, now, step.inputs)
            lines += STAGE_LINES[type(stage)](stage.part, weight)
    last = max(i for i, line in enumerate(lines) if line.name == "w")
    lines[last] = replace(lines[last], name=after)
    return tuple(lines)
