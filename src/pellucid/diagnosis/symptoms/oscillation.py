"""Oscillation: steps that are longer than the valley is wide."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from pellucid.diagnosis.loss_course import rises_of
from pellucid.diagnosis.measurements import Measurements
from pellucid.diagnosis.steady_limit import steady_limit
from pellucid.diagnosis.symptoms.symptom import Symptom
from pellucid.diagnosis.thresholds import SWING
from pellucid.train.batch import Batch
from pellucid.train.examinations.sharpness import measure_sharpness

RISES = 0.25
"""A loss that rises in so many epochs; of whole epochs a healthy one seldom does."""

SAMPLE = 200
ITERATIONS = 10
"""The sharpness is measured on so many examples, by at most so many products."""


def oscillation(measured: Measurements) -> Iterator[Symptom]:
    """The training loss rises again and again, and the measured sharpness is above what the rule can follow.

    A sharpness at the limit alone is no fault: full-batch training hovers there (Cohen et al. 2021). Where the rule has
    no limit that is known, nothing is said.
    """
    rises = rises_of(measured.train_losses)
    if rises.share < RISES or rises.mean < SWING * measured.chance:
        return
    limit = steady_limit(measured.optimizer, measured.slots, measured.step, measured.learning_rate)
    if limit is None:
        return
    sharp = measure_sharpness(_sampled(measured), ITERATIONS, limit.scale)
    if sharp > limit.value:
        seen = {"sharpness": sharp, "limit": limit.value, "rises": rises.share, "learning_rate": measured.learning_rate}
        yield Symptom("oscillation", None, seen)


def _sampled(measured: Measurements) -> Any:
    sample = measured.network.sample
    every = -(-sample.examples // SAMPLE)
    return replace(measured.network, sample=Batch(sample.x[::every], sample.target[::every]))
