"""The next step of a training, as ``explain`` shows it: its own optimizer, with what that remembers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from pellucid import spec
from pellucid.errors import ConfigError, RunError
from pellucid.jobs.network import training_options
from pellucid.jobs.settings import Settings
from pellucid.optim import Clipping, GradientDescent, Optimizer, Rule
from pellucid.regularize import Constraint, Penalty
from pellucid.runs import Run
from pellucid.train.batch import Weights
from pellucid.types import Params, State

FROM_ZERO = "running quantities start at zero"


@dataclass(frozen=True)
class OwnStep:
    """Step ``t`` of a training; ``notes`` say which it is, and what of it is shown otherwise."""

    optimizer: Rule
    penalty: Penalty | None = None
    clip: Clipping | None = None
    constraint: Constraint | None = None
    mixup: float | None = None
    seed: int = 0
    slots: Mapping[str, Any] = field(default_factory=dict)
    t: int = 1
    batch_size: int = 32
    notes: tuple[str, ...] = ()

    def options(self) -> dict[str, Any]:
        """All but the notes and the size of a batch, by the names that ``explain`` has for it."""
        names = ("optimizer", "penalty", "clip", "constraint", "mixup", "seed", "slots", "t")
        return {name: getattr(self, name) for name in names}


def first_step(settings: Settings, examples: int) -> OwnStep:
    """The first step of a training that has not begun."""
    options = training_options(settings, examples)
    names = ("optimizer", "penalty", "clip", "constraint", "mixup", "seed", "batch_size")
    return OwnStep(**{name: options[name] for name in names})


def step_after(run: Path, params: Params, state: State) -> OwnStep:
    """The step after those that led to the weights to use of a run. Raises RunError for a damaged description."""
    found = Run(run)
    update = found.update
    if update.rule is None:
        note = f"{run} was trained by {update.optimizer}, which has no formula to show: this is plain"
        return OwnStep(GradientDescent(), notes=(f"{note} gradient descent; --optimizer chooses another",))
    rule, penalty, clip = update.rule, update.penalty, update.clip
    own = OwnStep(rule, penalty, clip, update.constraint, update.mixup, update.seed, batch_size=update.batch_size)
    try:
        kept = found.checkpoint(Weights(params, state, rule.init(params)))
    except RunError as error:
        return replace(own, notes=(f"{type(rule).__name__}: {FROM_ZERO}: {error}",))
    steps = kept.steps if kept.best is None or not kept.epoch else kept.steps // kept.epoch * kept.best_epoch
    note = f"the update is step {steps + 1} of the run's own {rule!r}; --optimizer shows another"
    return replace(own, slots=kept.kept.slots, t=steps + 1, notes=(note,))


def rule_named(name: str) -> Rule:
    """The rule of that name. Raises UnknownNameError, with the nearest; ConfigError for one without a formula."""
    rule = spec.decode(name, Optimizer)
    if not isinstance(rule, Rule):
        raise ConfigError(f"{name!r} has no formula to show: take one of pellucid's own rules")
    return rule
