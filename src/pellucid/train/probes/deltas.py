"""How much of the gradient reaches a layer."""

from __future__ import annotations

from pellucid.train.probes.paths import arrays_of_layers
from pellucid.train.probes.probe import Probe, WatchedStep
from pellucid.train.probes.statistics import norm
from pellucid.types import Array


class DeltaStatistics(Probe):
    """For every layer: ``path/delta_norm`` and ``path/delta_rms``, the norm and the root mean square of the gradient of
    the batch's loss by its output.
    """

    needs = ("taps",)

    def measure(self, step: WatchedStep) -> dict[str, Array]:
        numbers: dict[str, Array] = {}
        for path, dy in arrays_of_layers(step, "dy"):
            size = norm(dy)
            numbers |= {f"{path}delta_norm": size, f"{path}delta_rms": size / dy.size**0.5}
        return numbers
