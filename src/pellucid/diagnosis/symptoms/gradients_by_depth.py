"""Gradients that fade or explode on their way back, relative to the weights."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from pellucid.diagnosis.measurements import Measurements
from pellucid.diagnosis.symptoms.symptom import Symptom
from pellucid.optim import GradientDescent, Momentum, Nesterov
from pellucid.types import Array

FADED = 1e-3
"""The first layer's gradient over its weights is so small a part of the last layer's: in no healthy network of 75."""

LARGER_THAN_THE_WEIGHTS = 1.0
"""A step of gradient descent that is longer than the weights it moves: steps of a tenth are seen in healthy ones."""


def gradients_by_depth(measured: Measurements) -> Iterator[Symptom]:
    """``fading_gradients`` or ``exploding_gradients``, while there is loss to win."""
    rates = _relative(measured)
    if len(rates) < 3 or not measured.has_loss_to_win:
        return
    (first_path, first), last = rates[0], rates[-1][1]
    if last > 0 and first < FADED * last:
        yield Symptom("fading_gradients", first_path, {"first": first, "last": last, "ratio": first / last})
    path, largest = max(rates, key=lambda rate: rate[1])
    step = largest * measured.learning_rate
    if isinstance(measured.optimizer, (GradientDescent, Momentum, Nesterov)) and step > LARGER_THAN_THE_WEIGHTS:
        ratio = first / last if last > 0 else float("inf")
        yield Symptom("exploding_gradients", path, {"first": first, "last": last, "ratio": ratio, "step": step})


def _relative(measured: Measurements) -> list[tuple[str, float]]:
    """The gradient over the weights, in root mean squares, of each layer that has weights other than 0."""
    gradients, weights = measured.gradients, measured.weights
    found = []
    for layer in measured.layers:
        path = f"{layer.path}/W"
        size = _size(weights[path])
        if size > 0:
            found.append((layer.path, _size(gradients[path]) / size))
    return found


def _size(array: Array) -> float:
    return float(np.sqrt(np.mean(array**2)))
