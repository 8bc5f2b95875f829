"""Gradients that fade or explode on their way back, relative to the weights."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from pellucid.diagnosis.measurements import Measurements
from pellucid.diagnosis.symptoms.symptom import Symptom
from pellucid.diagnosis.thresholds import FADED
from pellucid.optim import GradientDescent, Momentum, Nesterov

LARGER_THAN_THE_WEIGHTS = 1.0
"""A step of gradient descent that is longer than the weights it moves: steps of a tenth are seen in healthy ones."""


def gradients_by_depth(measured: Measurements) -> Iterator[Symptom]:
    """``fading_gradients`` or ``exploding_gradients``, while there is loss to win, of three layers or more."""
    if len(measured.layers) < 3 or not measured.has_loss_to_win:
        return
    yield from _fading(measured)
    yield from _exploding(measured)


def _fading(measured: Measurements) -> Iterator[Symptom]:
    """By the gradients of single examples: those of all cancel where the best constant answer is reached."""
    sizes = [(path, size) for path, size in _by_example(measured) if np.isfinite(size)]
    if len(sizes) < 2:
        return
    (path, first), last = sizes[0], sizes[-1][1]
    if last > 0 and first < FADED * last:
        yield Symptom("fading_gradients", path, {"first": first, "last": last, "ratio": first / last})


def _by_example(measured: Measurements) -> Iterator[tuple[str, float]]:
    """Of each layer the gradient of one example over the weights: ``sqrt(mean_b |x_b|^2 |dy_b|^2) / |W|``."""
    for layer in measured.layers:
        tap, weights = measured.network.taps[layer.path], np.linalg.norm(measured.weights[f"{layer.path}/W"])
        examples = len(tap["x"])
        squares = (tap["x"] ** 2).sum(axis=1) * ((examples * tap["dy"]) ** 2).sum(axis=1)
        yield layer.path, float(np.sqrt(squares.mean()) / weights) if weights > 0 else float("nan")


def _exploding(measured: Measurements) -> Iterator[Symptom]:
    """By the gradient that a step takes. Weights that are nearly 0 are held to be as large as first weights are."""
    if not isinstance(measured.optimizer, (GradientDescent, Momentum, Nesterov)):
        return
    steps = [(_step(measured, layer.path), layer.path) for layer in measured.layers]
    longest, path = max(steps)
    if longest > LARGER_THAN_THE_WEIGHTS:
        yield Symptom("exploding_gradients", path, {"first": steps[0][0], "last": steps[-1][0], "step": longest})


def _step(measured: Measurements, path: str) -> float:
    """How long a step is beside the weights of a layer."""
    W, gradient = measured.weights[f"{path}/W"], measured.gradients[f"{path}/W"]
    weights = max(float(np.linalg.norm(W)), float(np.sqrt(W.size / W.shape[0])))
    return measured.learning_rate * float(np.linalg.norm(gradient)) / weights
