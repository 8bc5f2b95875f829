"""Targets with a long tail, whose logarithm is easier to learn."""

from __future__ import annotations

import numpy as np

from pellucid.data.tables.columns import as_numbers
from pellucid.data.tables.table import Table

SKEWED = 1.0
"""From this skewness on a target has a long tail: an exponential distribution has 2 (Bulmer 1979 calls 1 much)."""


def advise_logarithm(table: Table, rows: np.ndarray) -> tuple[str, ...]:
    """A sentence for each target, never below 0, whose tail is long and whose logarithm's is less than half as long."""
    notes = []
    for name in table.targets:
        amounts = as_numbers(table, name)[rows]
        if amounts.min() < 0 or (skewness := _skewness(amounts)) < SKEWED:
            continue
        logs = np.log(amounts + (0.0 if amounts.min() > 0 else 1.0))
        if abs(_skewness(logs)) < skewness / 2:
            notes.append(
                f"the target {name!r} is skewed (median {np.median(amounts):.3g}, largest {amounts.max():.3g}): "
                "learning its logarithm by log_target may help"
            )
    return tuple(notes)


def _skewness(values: np.ndarray) -> float:
    """The mean cube of what lies between values and their mean, in standard deviations; 0 where all are alike."""
    deviation = values.std()
    return float((((values - values.mean()) / deviation) ** 3).mean()) if deviation > 0 else 0.0
