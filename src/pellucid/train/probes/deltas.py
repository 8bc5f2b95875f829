"""How much of the gradient reaches a layer."""

from __future__ import annotations

from pellucid.train.probes.paths import arrays_of_layers
from pellucid.train.probes.probe import Probe, WatchedStep, root_mean_square
from pellucid.types import Array


class DeltaStatistics(Probe):
    """For every layer: ``path/delta_rms``, the root mean square of the gradient of the batch's loss by its output."""

    needs = ("taps",)

    def measure(self, step: WatchedStep) -> dict[str, Array]:
        return {f"{path}delta_rms": root_mean_square(dy) for path, dy in arrays_of_layers(step, "dy")}
