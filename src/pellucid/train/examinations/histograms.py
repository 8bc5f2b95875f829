"""Histograms of weights, gradients and outputs."""

from __future__ import annotations

from pellucid.masked import values_of
from pellucid.train.examinations.examination import Examination, ExaminedNetwork
from pellucid.train.examinations.histogram import Histogram
from pellucid.trees import items, join_path


class Histograms(Examination):
    """``path/W/weight`` and ``path/W/gradient`` of every array of weights, ``path/output`` of every layer."""

    def examine(self, network: ExaminedNetwork) -> dict[str, float | Histogram]:
        found: dict[str, float | Histogram] = {}
        for path, weight in items(network.params):
            found[join_path(path, "weight")] = Histogram.of(weight)
        for path, tap in network.taps.items():
            for name, gradient in items(tap["dparams"], path):
                found[join_path(name, "gradient")] = Histogram.of(gradient)
            for name, y in items(values_of(tap["y"]), path):
                found[join_path(name, "output")] = Histogram.of(y)
        return found
