"""Divergence: a loss far above that of a constant answer, or numbers that are not finite."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from pellucid.diagnosis.measurements import Measurements
from pellucid.diagnosis.symptoms.symptom import Symptom
from pellucid.diagnosis.thresholds import FAR


def divergence(measured: Measurements) -> Iterator[Symptom]:
    """A number was not finite; or the loss is far above that of a constant answer, and above what it began with."""
    rate = measured.learning_rate
    if measured.failure is not None or not np.isfinite(measured.loss):
        born = measured.failure or "the loss is not finite"
        yield Symptom("divergence", None, {"array": born, "step": measured.step, "learning_rate": rate})
        return
    start = float(measured.train_losses[0]) if len(measured.train_losses) else np.inf
    if measured.loss > FAR * measured.chance and measured.loss > start:
        seen = {"loss": measured.loss, "chance": measured.chance, "start": start, "learning_rate": rate}
        yield Symptom("divergence", None, seen)
