"""Overfitting: test examples are worse than training examples by more than chance, and grow worse."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from pellucid.diagnosis.measurements import Measurements
from pellucid.diagnosis.symptoms.symptom import Symptom
from pellucid.diagnosis.thresholds import WORSE
from pellucid.types import Array

SURE = 2.0
"""The gap in standard errors: one in 44 comparisons of like sets has more, and the loss has to have risen as well."""


def overfitting(measured: Measurements) -> Iterator[Symptom]:
    """The gap between test and training loss is above two standard errors, and the test loss is past its lowest.

    A gap alone is no fault, nor is a test loss that wavers: both are seen in most healthy trainings.
    """
    test = measured.test_values
    if test is None or len(test) < 2 or not np.isfinite(test).all():
        return
    gap = float(test.mean()) - measured.loss
    error = float(np.sqrt(_squared_error(test) + _squared_error(measured.train_values)))
    lowest = float(np.nanmin(measured.test_losses, initial=np.inf))
    if gap > SURE * error and float(test.mean()) > lowest + WORSE * measured.chance:
        seen = {"train": measured.loss, "test": float(test.mean()), "gap": gap, "error": error, "lowest": lowest}
        yield Symptom("overfitting", None, seen)


def _squared_error(values: Array) -> float:
    """The variance of the mean."""
    return float(values.var(ddof=1) / len(values)) if len(values) > 1 else 0.0
