"""Symptoms of a training that goes wrong, a file each: pure functions of ``Measurements``.

They say what is seen, not why: the same symptom has many causes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from pellucid.diagnosis.measurements import Measurements
from pellucid.diagnosis.symptoms.dead_units import dead_units
from pellucid.diagnosis.symptoms.divergence import divergence
from pellucid.diagnosis.symptoms.gradients_by_depth import gradients_by_depth
from pellucid.diagnosis.symptoms.no_progress import no_progress
from pellucid.diagnosis.symptoms.oscillation import oscillation
from pellucid.diagnosis.symptoms.overfitting import overfitting
from pellucid.diagnosis.symptoms.saturated_units import saturated_units
from pellucid.diagnosis.symptoms.symmetric_units import symmetric_units
from pellucid.diagnosis.symptoms.symptom import Symptom

__all__ = ["SYMPTOMS", "Symptom", "find_symptoms"]

SYMPTOMS: tuple[Callable[[Measurements], Iterable[Symptom]], ...] = (
    divergence,
    symmetric_units,
    dead_units,
    saturated_units,
    gradients_by_depth,
    oscillation,
    no_progress,
    overfitting,
)
"""Those that are looked for, in this order."""


def find_symptoms(measured: Measurements) -> tuple[Symptom, ...]:
    """All that is seen. Where numbers are not finite, that alone."""
    diverged = tuple(divergence(measured))
    if any("array" in symptom.seen for symptom in diverged):
        return diverged
    return tuple(found for symptom in SYMPTOMS for found in symptom(measured))
