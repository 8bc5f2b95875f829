"""Between which bounds a layer's outputs lie."""

from __future__ import annotations

from pellucid.train.probes.paths import arrays_of_layers
from pellucid.train.probes.probe import Probe, WatchedStep
from pellucid.types import Array


class OutputRange(Probe):
    """For every layer: ``path/out_min`` and ``path/out_max``, the least and the greatest output."""

    needs = ("taps",)

    def measure(self, step: WatchedStep) -> dict[str, Array]:
        numbers: dict[str, Array] = {}
        for path, y in arrays_of_layers(step, "y"):
            numbers |= {f"{path}out_min": y.min(), f"{path}out_max": y.max()}
        return numbers
