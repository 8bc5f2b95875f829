"""From settings to when a training ends early, when its rate is reduced, and what is found out on the way."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pellucid.errors import ConfigError
from pellucid.jobs.settings import Settings
from pellucid.runs import changes_of
from pellucid.train import (
    DEFAULT_EXAMINATIONS,
    EarlyStopping,
    GeneralizationLoss,
    ProgressQuotient,
    ReduceOnPlateau,
    Sharpness,
    StoppingRule,
    SuccessiveIncreases,
)

CRITERIA: dict[str, type[StoppingRule]] = {
    "generalization_loss": GeneralizationLoss,
    "progress_quotient": ProgressQuotient,
    "successive_increases": SuccessiveIncreases,
}
"""Settings that stand in the place of ``patience``, with their rules."""

USUAL = "loss"
"""What is monitored unless settings say otherwise."""


def make_stopping_rule(settings: Settings) -> StoppingRule | None:
    """The rule of early stopping asked for; None for none. Raises ConfigError for two of them.

    A patience as it is by itself is none asked for: runs that go on have it in their settings.
    """
    given = {name: value for name in CRITERIA if (value := getattr(settings, name)) is not None}
    if len(given) > 1:
        raise ConfigError(f"{' and '.join(given)} are two rules for one thing: keep one")
    of_patience = [name for name in ("patience", "min_delta") if _is_said(settings, name)]
    if given and of_patience:
        raise ConfigError(f"{next(iter(given))} stands in the place of patience: leave out {' and '.join(of_patience)}")
    for name, value in given.items():
        return CRITERIA[name](value)  # type: ignore[call-arg]  # the first field of each is its measure
    if not settings.patience:
        return None
    return EarlyStopping(settings.patience, settings.monitor or USUAL, settings.min_delta)


def _is_said(settings: Settings, name: str) -> bool:
    """Whether a setting is neither none nor as it is by itself."""
    value = getattr(settings, name)
    return bool(value) and value != type(settings).model_fields[name].default


def steering_options(settings: Settings) -> dict[str, Any]:
    """The keyword arguments of ``fit`` about what changes, ends and is recorded while it trains."""
    plateau = settings.plateau
    rule = None if plateau is None else ReduceOnPlateau(settings.plateau_factor, plateau, settings.monitor or USUAL)
    return {
        "early_stopping": make_stopping_rule(settings),
        "reduce_on_plateau": rule,
        "max_time": settings.max_time,
        "watch_every": settings.watch_every,
        "examinations": [*DEFAULT_EXAMINATIONS, *([Sharpness()] if settings.sharpness else [])],
        "changes": () if settings.repeat_changes is None else changes_of(Path(settings.repeat_changes)),
    }
