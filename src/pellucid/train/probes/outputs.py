"""How large a layer's outputs are, and how many are silent."""

from __future__ import annotations

from pellucid.train.probes.paths import arrays_of_layers
from pellucid.train.probes.probe import Probe, WatchedStep
from pellucid.train.probes.statistics import statistics
from pellucid.types import Array


class OutputStatistics(Probe):
    """For every layer: ``path/out_mean``, ``out_std``, ``out_rms``, ``out_min`` and ``out_max``, and ``path/out_zero``,
    the share of exact zeros. After a ReLU that is the share of silent units.
    """

    needs = ("taps",)

    def measure(self, step: WatchedStep) -> dict[str, Array]:
        numbers: dict[str, Array] = {}
        for path, y in arrays_of_layers(step, "y"):
            numbers |= statistics(f"{path}out", y) | {f"{path}out_zero": (y == 0).mean()}
        return numbers
