"""What a step of training is made of: network, loss, optimizer and the stages of the update."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pellucid import ops
from pellucid.layer import Layer, Loss
from pellucid.optim import Clipping, Optimizer
from pellucid.regularize import Constraint, Penalty
from pellucid.train.batch import Batch, StepInputs
from pellucid.train.mixup import mix_batch
from pellucid.train.stages import Stage, stages_of
from pellucid.types import Params

MIXING = 2**31
"""What the key of a step is folded with for mixup: layers fold in small numbers."""


@dataclass(frozen=True, eq=False)
class Recipe:
    """What is trained and how. ``classify`` says that accuracy means something: correct answers are counted.
    ``compute`` is what forward and backward compute in, where it is not the dtype of the weights.

    Recipes are equal when one compiled step serves both: they may differ in numbers (rates, lambdas), which
    ``numbers`` hands to the step as arguments.
    """

    model: Layer
    loss: Loss
    optimizer: Optimizer
    penalty: Penalty | None = None
    clip: Clipping | None = None
    constraint: Constraint | None = None
    classify: bool = False
    mixup: float | None = None
    compute: str | None = None

    @cached_property
    def stages(self) -> tuple[Stage, ...]:
        """The stages of the update, in their order."""
        return stages_of(self.optimizer, self.penalty, self.clip, self.constraint)

    def is_random(self) -> bool:
        """Whether a step needs a key."""
        return self.mixup is not None or self.model.is_random()

    @property
    def recorded(self) -> tuple[str, ...]:
        """What every step records."""
        return ("loss", "correct") if self.classify else ("loss",)

    def prepare(self, numbers: dict[str, Any], batch: Batch, inputs: StepInputs) -> tuple[Batch, Loss]:
        """The batch to train on and the loss for it: with mixup mixtures, else as given."""
        if self.mixup is None:
            return batch, self.loss
        return mix_batch(batch, self.loss, ops.fold_in(inputs.key, MIXING), numbers["mixup"])

    def numbers(self, params: Params) -> dict[str, Any]:
        """Every number of the recipe that may change without compiling again, as a tree for ``step``."""
        return {**{stage.name: stage.numbers(params) for stage in self.stages}, "mixup": self.mixup}

    @cached_property
    def cache_key(self) -> tuple[Hashable, ...]:
        """What decides the program."""
        programs = tuple((stage.name, stage.program) for stage in self.stages)
        mixes = self.mixup is not None
        return (self.model, self.loss, programs, self.classify, mixes, self.compute)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Recipe) and self.cache_key == other.cache_key

    def __hash__(self) -> int:
        return hash(self.cache_key)
