"""No progress: a loss that stands still while there is loss to win."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from pellucid.diagnosis.loss_course import fall_between_halves
from pellucid.diagnosis.measurements import Measurements
from pellucid.diagnosis.symptoms.symptom import Symptom
from pellucid.diagnosis.thresholds import EPOCHS, STILL
from pellucid.types import Array

NOTHING_LEARNT = (0.9, 1.5)
"""Parts of the best constant's loss: a plateau lower down most often ends a healthy training, one above swings."""


def no_progress(measured: Measurements) -> Iterator[Symptom]:
    """The training loss is near that of a constant answer and has not fallen for long."""
    since = measured.epochs >= measured.epochs[-1] - EPOCHS
    recent = measured.train_losses[since]
    if measured.epochs[-1] - measured.epochs[0] < EPOCHS or not np.isfinite(recent).all():
        return
    least, most = NOTHING_LEARNT
    if least < measured.loss / measured.chance < most and fall_between_halves(recent) < STILL * measured.loss:
        seen = {
            "loss": measured.loss,
            "chance": measured.chance,
            "epochs": EPOCHS,
            "weights": _largest(measured.weights),
            "gradient": _largest(measured.gradients),
        }
        yield Symptom("no_progress", None, seen)


def _largest(arrays: dict[str, Array]) -> float:
    """The largest number but biases'."""
    return float(max(np.abs(array).max(initial=0.0) for path, array in arrays.items() if path.endswith("/W")))
