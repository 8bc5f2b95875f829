"""The stages of an update, in their order: penalty, clipping, update rule, constraint, and arrays that are frozen.

There is one list of them, ``stages_of``: a step of training walks it, and so does its explanation.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any, ClassVar, NamedTuple

from pellucid.optim import Clipping, Optimizer
from pellucid.regularize import Constraint, Penalty, penalty_gradient
from pellucid.train.batch import StepInputs
from pellucid.trees import flatten, replace_leaves, tree_map
from pellucid.types import Params, Tree


class Update(NamedTuple):
    """What the stages hand on: the params, their gradients, and what the optimizer remembers (its slots)."""

    params: Params
    gradients: Params
    slots: Tree


class Stage(ABC):
    """One stage of an update, around the ``part`` of the training that it is of: a pure function of trees.

    ``name`` is that of the part in ``fit``. Numbers that may change without compiling again are handed to ``apply``;
    ``program`` is all else that decides what is compiled.
    """

    name: ClassVar[str]
    part: Any

    @abstractmethod
    def apply(self, update: Update, numbers: Any, inputs: StepInputs) -> Update:
        """The update after this stage."""

    def numbers(self, params: Params) -> Any:
        """The hyper-parameters of the part, as ``apply`` takes them."""
        return self.part.numbers()

    @property
    def program(self) -> Hashable:
        """Equal for stages that one compiled program serves: a method of a class is the same for all its values."""
        key: Hashable = self.part.apply
        return key


@dataclass(frozen=True)
class PenaltyStage(Stage):
    """``g <- g + l1 sign(w) + l2 w``: the slope of the penalty, which is added to the loss."""

    name = "penalty"
    part: Penalty

    def numbers(self, params: Params) -> Any:
        return self.part.strengths(params)

    @property
    def program(self) -> Hashable:
        return self.name

    def apply(self, update: Update, numbers: Any, inputs: StepInputs) -> Update:
        pull = penalty_gradient(update.params, numbers)
        return update._replace(gradients=tree_map(lambda g, p: g + p, update.gradients, pull))


@dataclass(frozen=True)
class ClippingStage(Stage):
    """Gradients brought within bounds."""

    name = "clip"
    part: Clipping

    def apply(self, update: Update, numbers: Any, inputs: StepInputs) -> Update:
        return update._replace(gradients=self.part.apply(update.gradients, numbers))


@dataclass(frozen=True)
class RuleStage(Stage):
    """The update rule: weights move, and what the rule remembers changes."""

    name = "optimizer"
    part: Optimizer

    @property
    def program(self) -> Hashable:
        return self.part.update

    def apply(self, update: Update, numbers: Any, inputs: StepInputs) -> Update:
        params, gradients, slots = update
        params, slots = self.part.update(params, gradients, slots, inputs.learning_rate, inputs.step_number, numbers)
        return Update(params, gradients, slots)


@dataclass(frozen=True)
class ConstraintStage(Stage):
    """Weights brought back within a bound."""

    name = "constraint"
    part: Constraint

    def apply(self, update: Update, numbers: Any, inputs: StepInputs) -> Update:
        return update._replace(params=self.part.apply(update.params, numbers))


@dataclass(frozen=True)
class FreezeStage(Stage):
    """The arrays at these paths are again what they were before the update."""

    name = "fixed"
    part: tuple[str, ...]

    def numbers(self, params: Params) -> Any:
        arrays = flatten(params)
        return {path: arrays[path] for path in self.part}

    @property
    def program(self) -> Hashable:
        return self.part

    def apply(self, update: Update, numbers: Any, inputs: StepInputs) -> Update:
        return update._replace(params=replace_leaves(update.params, numbers))


def stages_of(
    optimizer: Optimizer,
    penalty: Penalty | None = None,
    clip: Clipping | None = None,
    constraint: Constraint | None = None,
    fixed: tuple[str, ...] = (),
) -> tuple[Stage, ...]:
    """The stages of an update in their order, those that were asked for.

    Args:
        optimizer: the update rule; it alone is always there.
        penalty: what is added to the loss for large weights.
        clip: the bounds of the gradients.
        constraint: the bound of the weights.
        fixed: the paths of arrays that stay as they are, such as ``("dense_1/b",)``.
    """
    stages: list[Stage] = []
    if penalty is not None:
        stages.append(PenaltyStage(penalty))
    if clip is not None:
        stages.append(ClippingStage(clip))
    stages.append(RuleStage(optimizer))
    if constraint is not None:
        stages.append(ConstraintStage(constraint))
    if fixed:
        stages.append(FreezeStage(fixed))
    return tuple(stages)
