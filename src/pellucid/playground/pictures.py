"""Pictures of the plane: what the network answers there, what each unit puts out, and each feature.

Rows go from the greatest x2 down, columns from the least x1 to the right; a point is the middle of its cell.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from pellucid.playground.data.plane import Domain
from pellucid.playground.data.play_data import PlayData
from pellucid.playground.features import features_of
from pellucid.playground.network import Network
from pellucid.train.batch import Weights
from pellucid.trees import tree_map

LARGEST = float(np.finfo(np.float32).max)


def grid_points(domain: Domain, side: int) -> np.ndarray:
    """The points of the plane (side * side, 2) that a picture of ``side`` by ``side`` shows, row by row."""
    middles = (np.arange(side) + 0.5) / side
    (left, right), (low, high) = domain
    x1, x2 = left + (right - left) * middles, high - (high - low) * middles
    return np.stack([np.tile(x1, side), np.repeat(x2, side)], axis=1)


class Grid:
    """The inputs of one network over the plane, worked out once: float32, as pictures are."""

    def __init__(self, network: Network, data: PlayData, side: int) -> None:
        self.side = side
        raw = data.plane.inputs(grid_points(data.domain, side))
        features = features_of(raw, network.state.features)
        self.features = self.images(features)
        prepared = features if network.inputs.step is None else network.inputs.step.apply(features)
        self.x = np.clip(prepared, -LARGEST, LARGEST).astype(np.float32)

    def images(self, rows: np.ndarray) -> np.ndarray:
        """Numbers at each point (side * side, K) as K pictures (K, side, side)."""
        return np.ascontiguousarray(rows.T, np.float32).reshape(-1, self.side, self.side)


def map_of(network: Network, weights: Weights, grid: Grid) -> np.ndarray:
    """The answer over the plane, (K, side, side)."""
    with np.errstate(all="ignore"):
        return grid.images(network.objective.answer(network.outputs(to_float32(weights), grid.x)))


def units_of(network: Network, weights: Weights, grid: Grid) -> Iterator[np.ndarray]:
    """The outputs of each hidden layer over the plane, (units, side, side)."""
    hidden = {place.output for place in network.places[:-1]}
    for name, y in network.layer_outputs(to_float32(weights), grid.x):
        if name in hidden:
            yield grid.images(y)


def to_float32(weights: Weights) -> Weights:
    """The weights in the precision of pictures."""
    with np.errstate(over="ignore"):  # what float32 cannot hold is infinite there
        return weights._replace(params=tree_map(lambda w: w.astype(np.float32), weights.params), slots={})
