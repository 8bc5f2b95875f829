"""How far a step moves the weights."""

from __future__ import annotations

from pellucid.train.probes.probe import Probe, WatchedStep, root_mean_square
from pellucid.trees import items, tree_map
from pellucid.types import Array


class UpdateStatistics(Probe):
    """For every array of weights: ``path/W/update_rms``, of what the step changed."""

    needs = ("before", "after")

    def measure(self, step: WatchedStep) -> dict[str, Array]:
        change = tree_map(lambda old, new: new - old, step.before, step.after)
        return {f"{path}/update_rms": root_mean_square(update) for path, update in items(change)}
