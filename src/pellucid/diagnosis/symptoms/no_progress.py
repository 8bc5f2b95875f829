"""No progress: a loss that stands still while there is loss to win."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from pellucid.diagnosis.measurements import Measurements
from pellucid.diagnosis.symptoms.symptom import Symptom
from pellucid.types import Array

EPOCHS = 30
"""Over so many epochs at least."""

STILL = 0.01
"""The loss has changed by less than this part of itself, and wavered no more."""

NOTHING_LEARNT = 0.9
"""A loss above this part of the best constant's: a plateau lower down is most often the end of a healthy training."""


def no_progress(measured: Measurements) -> Iterator[Symptom]:
    """The training loss is near that of a constant answer and has not moved for long."""
    recent = measured.train_losses[measured.epochs >= measured.epochs[-1] - EPOCHS]
    if measured.epochs[-1] < EPOCHS or not np.isfinite(recent).all():
        return
    moved = float(np.ptp(recent))
    if measured.loss > NOTHING_LEARNT * measured.chance and moved < STILL * measured.loss:
        seen = {
            "loss": measured.loss,
            "chance": measured.chance,
            "epochs": int(measured.epochs[-1] - measured.epochs[measured.epochs >= measured.epochs[-1] - EPOCHS][0]),
            "weights": _largest(measured.weights),
            "gradient": _largest(measured.gradients),
        }
        yield Symptom("no_progress", None, seen)


def _largest(arrays: dict[str, Array]) -> float:
    """The largest number but biases'."""
    return float(max(np.abs(array).max(initial=0.0) for path, array in arrays.items() if path.endswith("/W")))
