"""How far a step moves the weights, by itself and beside their size."""

from __future__ import annotations

from pellucid import ops
from pellucid.train.probes.probe import Probe, WatchedStep
from pellucid.train.probes.statistics import norm
from pellucid.trees import items, tree_map
from pellucid.types import Array


class UpdateStatistics(Probe):
    """For every array of weights: ``path/W/update_rms``, of what the step changed, and ``path/W/update_ratio``, that
    over the rms of the weight before it; NaN for weights that are all 0.

    A ratio of about 1e-3 is usual; far above, training is unsteady, far below, it is slow.
    """

    needs = ("before", "after")

    def measure(self, step: WatchedStep) -> dict[str, Array]:
        numbers: dict[str, Array] = {}
        change = tree_map(lambda old, new: new - old, step.before, step.after)
        for (path, update), (_, weight) in zip(items(change), items(step.before), strict=True):
            moved, size = norm(update), norm(weight)
            xp = ops.namespace(size)
            ratio = xp.where(size > 0, moved / xp.where(size > 0, size, 1.0), xp.nan)
            numbers |= {f"{path}/update_rms": moved / update.size**0.5, f"{path}/update_ratio": ratio}
        return numbers
