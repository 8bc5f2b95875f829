"""One measured number of an epoch, by name, and whether a lower one is better."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pellucid.errors import ConfigError
from pellucid.trees import items

LOWER_IS_BETTER = {
    **dict.fromkeys(("loss", "error", "mse", "rmse", "mae", "median_error", "brier", "calibration_error"), True),
    **dict.fromkeys(("accuracy", "r2", "f1", "macro_f1", "precision", "recall", "roc_auc"), False),
}
"""What is known of quantities by the last part of their names; the nearer to the start, the commoner."""


def quantity(record: Mapping[str, Any], name: str) -> float:
    """The number of an epoch's record that is called "accuracy" or "val_accuracy" (of validation), or by the whole way
    to it: "train.loss", "validation.classes.cat.recall".

    Raises ConfigError where this training measures no such number.
    """
    place: Any = record
    for part in full_name(name).split("."):
        place = place.get(part) if isinstance(place, Mapping) else None
    if isinstance(place, bool) or not isinstance(place, (int, float)):
        measured = {part: record[part] for part in ("train", "validation") if part in record}
        known = ", ".join(path.replace("/", ".") for path, _ in items(measured))
        raise ConfigError(f"this training measures {known}, not {name!r}: monitor one of those")
    return float(place)


def full_name(name: str) -> str:
    """The whole way to a number: of validation, unless the name says otherwise."""
    if name.startswith(("train.", "validation.")):
        return name
    return f"validation.{name.removeprefix('val_')}"


def find_direction(owner: str, name: str, lower_is_better: bool | None) -> bool:
    """Whether a lower one is better: as given, else as is known of the name. Raises ConfigError where it is not."""
    if lower_is_better is not None:
        return lower_is_better
    last = full_name(name).rpartition(".")[2]
    if last not in LOWER_IS_BETTER:
        known = ", ".join(LOWER_IS_BETTER)
        raise ConfigError(
            f"{owner}: whether a lower {name!r} is better is not known: pass lower_is_better=True or False, "
            f"or monitor one of {known}"
        )
    return LOWER_IS_BETTER[last]


def is_better(value: float, best: float | None, lower: bool, min_delta: float = 0.0) -> bool:
    """Whether ``value`` beats the ``best`` so far (None: there is none yet) by more than ``min_delta``."""
    if best is None:
        return True
    return (best - value if lower else value - best) > min_delta
