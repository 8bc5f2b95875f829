"""How large the gradients of the weights are."""

from __future__ import annotations

from pellucid.train.probes.probe import Probe, WatchedStep, root_mean_square
from pellucid.trees import items
from pellucid.types import Array


class GradientStatistics(Probe):
    """For every array of weights: ``path/W/gradient_rms``, of the loss alone, before penalty and clipping."""

    needs = ("gradients",)

    def measure(self, step: WatchedStep) -> dict[str, Array]:
        return {f"{path}/gradient_rms": root_mean_square(gradient) for path, gradient in items(step.gradients)}
