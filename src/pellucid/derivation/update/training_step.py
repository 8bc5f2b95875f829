"""A step of training: the stages of its update, with the numbers of this step, as training walks them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from numbers import Real
from typing import Any

import numpy as np

from pellucid import ops, validate
from pellucid.errors import ExplainError
from pellucid.optim import Clipping, Rule
from pellucid.optim.optax_rule import as_rule
from pellucid.regularize import Constraint, Penalty
from pellucid.train.batch import StepInputs
from pellucid.train.keys import steps_key
from pellucid.train.stages import Stage, Update, stages_of
from pellucid.trees import flatten, replace_leaves, tree_map
from pellucid.types import Key, Params, Tree


@dataclass(frozen=True)
class TrainingStep:
    """Step ``t`` of a training: its update, and whether its examples are mixed (``mixup``, the parameter of ``fit``).

    ``slots`` are, by name, a number for one weight or a tree for all. Arrays at the paths ``fixed`` do not move.
    Raises ExplainError for an optimizer that has no formula, ConfigError for what is not of its kind.
    """

    optimizer: Rule
    slots: Mapping[str, Any] = field(default_factory=dict)
    t: int = 1
    penalty: Penalty | None = None
    clip: Clipping | None = None
    constraint: Constraint | None = None
    mixup: float | None = None
    fixed: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not isinstance(as_rule(self.optimizer), Rule):
            raise ExplainError(f"{self.optimizer!r} has no formula to show: use a rule that has one, such as Adam()")
        validate.positive_int("explain", "t", self.t)
        validate.instance("explain", "slots", self.slots, Mapping)
        for name, kind in (("penalty", Penalty), ("clip", Clipping), ("constraint", Constraint)):
            if getattr(self, name) is not None:
                validate.instance("explain", name, getattr(self, name), kind)

        if self.mixup is not None:
            validate.positive("explain", "mixup", self.mixup)

    @cached_property
    def stages(self) -> tuple[Stage, ...]:
        """The stages of the update, in their order."""
        return stages_of(self.optimizer, self.penalty, self.clip, self.constraint, self.fixed)

    @property
    def inputs(self) -> StepInputs:
        """The number of the step and its learning rate; no stage draws, so there is no key."""
        return StepInputs(self.t, float(self.optimizer.learning_rates(self.t - 1)))

    @property
    def knows_all(self) -> bool:
        """Whether it is known what the rule remembers of every weight, not of one alone."""
        return not any(isinstance(slot, Real) for slot in self.slots.values())

    def updates(self, params: Params, gradients: Params) -> list[Update]:
        """Params, gradients and slots before the first stage and after each. A slot given as a number is that of every
        weight: only one is looked at then.
        """
        updates = [Update(params, gradients, self._slots(params))]
        for stage in self.stages:
            updates.append(stage.apply(updates[-1], stage.numbers(params), self.inputs))
        return updates

    def after(self, update: Update) -> TrainingStep:
        """The step that follows, for the outcome of this one."""
        return replace(self, slots=update.slots, t=self.t + 1)

    def _slots(self, params: Params) -> Tree:
        """The slots of all weights in float64, 0 where none are given."""

        def filled(zeros: Tree, given: Any) -> Tree:
            if isinstance(given, Real):
                return tree_map(lambda leaf: leaf + float(given), zeros)
            return replace_leaves(zeros, {path: np.asarray(leaf, np.float64) for path, leaf in flatten(given).items()})

        return {slot: filled(zeros, self.slots.get(slot)) for slot, zeros in self.optimizer.init(params).items()}


def key_of_step(seed: int, t: int) -> Key:
    """The key with which step ``t`` of a training with this ``seed`` draws."""
    return ops.fold_in(steps_key(seed), t)
