"""How large the weights are."""

from __future__ import annotations

from pellucid.train.probes.probe import Probe, WatchedStep
from pellucid.train.probes.statistics import statistics
from pellucid.trees import items
from pellucid.types import Array


class WeightStatistics(Probe):
    """For every array of weights: ``path/W/weight_mean``, ``weight_std``, ``weight_rms``, ``weight_min`` and
    ``weight_max``, before the step.
    """

    needs = ("before",)

    def measure(self, step: WatchedStep) -> dict[str, Array]:
        numbers: dict[str, Array] = {}
        for path, weight in items(step.before):
            numbers |= statistics(f"{path}/weight", weight)
        return numbers
