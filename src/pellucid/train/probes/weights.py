"""How large the weights are."""

from __future__ import annotations

from pellucid.train.probes.probe import Probe, WatchedStep, root_mean_square
from pellucid.trees import items
from pellucid.types import Array


class WeightStatistics(Probe):
    """For every array of weights: ``path/W/weight_rms``, before the step."""

    needs = ("before",)

    def measure(self, step: WatchedStep) -> dict[str, Array]:
        return {f"{path}/weight_rms": root_mean_square(weight) for path, weight in items(step.before)}
