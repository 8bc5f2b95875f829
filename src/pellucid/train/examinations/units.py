"""Dead units, whose output is 0 for every example, and saturated units."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator

import numpy as np

from pellucid.layer import Layer
from pellucid.layers.activations.activation import Activation
from pellucid.layers.activations.activation_info import ActivationInfo
from pellucid.masked import values_of
from pellucid.train.examinations.examination import Examination, ExaminedNetwork
from pellucid.train.examinations.histogram import Histogram
from pellucid.trees import join_path
from pellucid.types import Array


class DeadUnits(Examination):
    """Of every activation ``path/dead``, the share of its units (features, channels) that put out 0 for every example
    of the sample, and ``path/dead_for_long``, of those that did so in each of the last ``window`` examinations.
    """

    window: int = 5

    def examine(self, network: ExaminedNetwork) -> dict[str, float | Histogram]:
        found: dict[str, float | Histogram] = {}
        for path, _, y in _activations(network, ActivationInfo):
            silent = (y == 0).all(axis=tuple(range(y.ndim - 1)))
            past = network.memory.setdefault(path, deque(maxlen=self.window))
            past.append(silent)
            found[join_path(path, "dead")] = float(silent.mean())
            if len(past) == self.window:
                found[join_path(path, "dead_for_long")] = float(np.logical_and.reduce(list(past)).mean())
        return found


class SaturatedUnits(Examination):
    """Of every activation ``path/saturated``: the share of its outputs, over the sample, where its derivative is below
    ``slope``. Next to no gradient comes through there. (For a ReLU these are the outputs that are 0.)
    """

    slope: float = 0.01

    def examine(self, network: ExaminedNetwork) -> dict[str, float | Histogram]:
        found: dict[str, float | Histogram] = {}
        for path, layer, y in _activations(network, Activation):
            assert isinstance(layer, Activation)
            slopes = np.abs(layer.derivative(values_of(network.taps[path]["x"]), y))
            found[join_path(path, "saturated")] = float((slopes < self.slope).mean())
        return found


def _activations(network: ExaminedNetwork, kind: type) -> Iterator[tuple[str, Layer, Array]]:
    """Every activation of the kind, with its path and its outputs for the sample, (B, ..., units)."""
    for path, layer in network.layers:
        if isinstance(layer, kind):
            yield path, layer, values_of(network.taps[path]["y"])
