"""Saturated units: hidden ones on the flat ends of their activation."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from pellucid.diagnosis.measurements import Measurements
from pellucid.diagnosis.symptoms.slopes import hidden_slopes, largest_slope
from pellucid.diagnosis.symptoms.symptom import Symptom
from pellucid.diagnosis.thresholds import SATURATED

FLAT = 0.01
"""A derivative below this part of the largest lets next to no gradient through."""


def saturated_units(measured: Measurements) -> Iterator[Symptom]:
    """A symptom for each hidden layer of bounded activations with most derivatives below a hundredth of the largest.

    Only while there is loss to win: what has been learnt well is told by units that are sure.
    """
    if not measured.has_loss_to_win:
        return
    for path, activation, slopes in hidden_slopes(measured):
        if not np.isfinite(activation.output_range).all():
            continue
        flat = slopes < FLAT * largest_slope(activation)
        if flat.mean() > SATURATED:
            by_unit = flat.mean(axis=0) > SATURATED
            seen = {"saturated": int(by_unit.sum()), "units": by_unit.size, "share": float(flat.mean())}
            yield Symptom("saturated_units", path, seen)
