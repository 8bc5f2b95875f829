"""Symmetric units: those that are the same, and will stay so."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from pellucid.diagnosis.measurements import Measurements
from pellucid.diagnosis.symptoms.symptom import Symptom
from pellucid.layers import Dropout
from pellucid.types import Array


def symmetric_units(measured: Measurements) -> Iterator[Symptom]:
    """A symptom for each hidden layer in which units have equal weights in, biases and weights out.

    Exact: their outputs and their gradients are equal, so that no step ever tells them apart. Dropout does, so that
    layers with it are passed over.
    """
    weights = measured.weights
    for layer, after in zip(measured.layers[:-1], measured.layers[1:], strict=True):
        if any(isinstance(follower, Dropout) for _, follower in layer.followers):
            continue
        units = _columns(weights, layer.path, after.path)
        _, which, counts = np.unique(units, axis=0, return_inverse=True, return_counts=True)
        alike = int((counts[which.reshape(-1)] > 1).sum())
        if alike:
            yield Symptom("symmetric_units", layer.path, {"alike": alike, "units": len(units)})


def _columns(weights: dict[str, Array], path: str, after: str) -> Array:
    """A row for each unit: its weights in, its bias, its weights out."""
    W, out = weights[f"{path}/W"], weights[f"{after}/W"]
    parts = [W.reshape(-1, W.shape[-1]).T, out.reshape(out.shape[0], -1)]
    if f"{path}/b" in weights:
        parts.append(weights[f"{path}/b"].reshape(-1, W.shape[-1]).T)
    return np.concatenate(parts, axis=1)
