"""The derivatives of hidden activations on the training examples."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import numpy as np

from pellucid.diagnosis.measurements import Measurements
from pellucid.layers.activations.activation import Activation
from pellucid.types import Array


def hidden_slopes(measured: Measurements) -> Iterator[tuple[str, Activation, Array]]:
    """Of each hidden layer with an elementwise activation: its path, the activation, and ``f'`` (B, units)."""
    taps = measured.network.taps
    for layer in measured.layers[:-1]:
        for path, follower in layer.followers:
            if isinstance(follower, Activation):
                with np.errstate(all="ignore"):
                    yield layer.path, follower, np.abs(follower.derivative(taps[path]["x"], taps[path]["y"]))


@lru_cache(maxsize=64)
def largest_slope(activation: Activation) -> float:
    """The largest derivative, looked for between -10 and 10."""
    x = np.linspace(-10.0, 10.0, 2001)
    return float(np.abs(activation.derivative(x, activation.function(x))).max())
