"""How far a step moves the weights, beside their size."""

from __future__ import annotations

from pellucid import ops
from pellucid.train.probes.probe import Probe, WatchedStep, root_mean_square
from pellucid.trees import items, tree_map
from pellucid.types import Array


class UpdateRatio(Probe):
    """For every array of weights: ``path/W/update_ratio``, rms of the update over rms of the weight before it.

    NaN for weights that are all 0. About 1e-3 is usual; far above, training is unsteady, far below, it is slow.
    """

    needs = ("before", "after")

    def measure(self, step: WatchedStep) -> dict[str, Array]:
        def ratio(old: Array, new: Array) -> Array:
            size = root_mean_square(old)
            xp = ops.namespace(size)
            return xp.where(size > 0, root_mean_square(new - old) / xp.where(size > 0, size, 1.0), xp.nan)

        return {f"{path}/update_ratio": number for path, number in items(tree_map(ratio, step.before, step.after))}
