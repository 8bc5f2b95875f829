"""A plane through the weights of a network: all weights as one vector, a point, and two directions from it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pellucid import ops
from pellucid.errors import ConfigError
from pellucid.regularize import is_weight
from pellucid.trees import flatten, leaves, tree_map
from pellucid.types import Array, Key, Params

Weight = tuple[str, tuple[int, ...]]
"""One weight: the path of its array, and its place."""


@dataclass(frozen=True, eq=False)
class Plane:
    """``w(a, b) = centre + (a - origin_1) d_1 + (b - origin_2) d_2``, in vectors (N,) of all weights.

    ``directions`` is (2, N); ``origin`` are the coordinates of the centre. ``explained`` says, of the directions of a
    path, which part of its movement (sum of squares) lies along each.
    """

    names: tuple[str, str]
    centre: Array
    directions: Array
    origin: tuple[float, float] = (0.0, 0.0)
    explained: tuple[float, float] | None = None

    def point(self, a: float, b: float) -> Array:
        """The weights at the coordinates (a, b)."""
        moved: Array = self.centre + np.array([a - self.origin[0], b - self.origin[1]]) @ self.directions
        return moved

    def project(self, weights: Array) -> Array:
        """The coordinates (k, 2) of the points of the plane that are nearest to ``weights`` (k, N)."""
        inside: Array = np.linalg.lstsq(self.directions.T, (weights - self.centre).T, rcond=None)[0].T
        return inside + np.array(self.origin)


def as_vector(params: Params) -> Array:
    """All weights one after another, (N,), in float64."""
    return np.concatenate([np.ravel(leaf) for leaf in leaves(params)]).astype(np.float64)


def as_params(vector: Array, like: Params) -> Params:
    """The weights of a vector (N,) in the tree and the shapes of ``like``."""
    parts = iter(np.split(vector, np.cumsum([leaf.size for leaf in leaves(like)])[:-1]))
    params: Params = tree_map(lambda leaf: next(parts).reshape(leaf.shape), like)
    return params


def plane_of_weights(params: Params, first: Weight, second: Weight) -> Plane:
    """The plane of two weights; its coordinates are their values. Raises ConfigError for one that is not there."""
    places = [_place(params, *weight) for weight in (first, second)]
    if places[0] == places[1]:
        raise ConfigError(f"the plane needs two different weights, not {_name(first)} twice")
    centre = as_vector(params)
    directions = np.zeros((2, len(centre)))
    directions[[0, 1], places] = 1.0
    return Plane(
        (_name(first), _name(second)), centre, directions, (float(centre[places[0]]), float(centre[places[1]]))
    )


def random_plane(params: Params, seed: int = 0) -> Plane:
    """Two random directions in which the weights into each unit move as far as they are long; biases stay.

    Where the weights of a unit are large, the same step matters less: so directions that are scaled with them show
    surfaces of networks that can be compared. Source: Li et al. 2018, "Visualizing the loss landscape of neural nets".
    """
    arrays = list(enumerate(flatten(params).items()))
    directions = [
        np.concatenate([_as_long(ops.fold_in(key, i), path, np.asarray(leaf)).ravel() for i, (path, leaf) in arrays])
        for key in (ops.fold_in(ops.key(seed), way) for way in range(2))
    ]
    return Plane(("direction 1", "direction 2"), as_vector(params), np.stack(directions))


def plane_of_path(path: Array, seed: int = 0) -> Plane:
    """The plane through the last point of a path (k, N) along its two principal directions, each of length 1.

    Each points where its largest entry is above 0. Where the path is a line, the second is a random one across it.
    Raises ConfigError for a path that has not moved. Source: Li et al. 2018, section 7.
    """
    centre = path[-1]
    _, sizes, found = np.linalg.svd(path - centre, full_matrices=False)
    squares = sizes**2
    if not squares.sum() > 0:
        raise ConfigError("the weights have not moved yet, so that their path has no directions: train a few steps")
    kept = [_pointed(way) for way, size in zip(found[:2], sizes[:2], strict=False) if size > 1e-9 * sizes[0]]
    if len(kept) < 2:
        other = ops.normal(ops.key(seed), centre.shape, np.float64)
        other -= (other @ kept[0]) * kept[0]
        kept.append(other / np.linalg.norm(other))
    shares = [float(part) for part in (squares[:2] / squares.sum()).tolist()]
    explained = (shares[0], shares[1] if len(shares) > 1 else 0.0)
    return Plane(("direction 1", "direction 2"), centre, np.stack(kept), explained=explained)


def _pointed(direction: Array) -> Array:
    """The same direction or its opposite: that whose largest entry is above 0."""
    pointed: Array = direction * (-1.0 if direction[np.abs(direction).argmax()] < 0 else 1.0)
    return pointed


def _as_long(key: Key, path: str, leaf: Array) -> Array:
    """A random array in which the numbers that go into each unit are together as long as those of ``leaf``."""
    if not is_weight(path, leaf):
        return np.zeros(leaf.shape)
    drawn: Array = ops.normal(key, leaf.shape, np.float64)
    axes = tuple(range(leaf.ndim - 1))
    drawn *= np.sqrt((leaf**2).sum(axis=axes) / (drawn**2).sum(axis=axes))
    return drawn


def _place(params: Params, path: str, index: tuple[int, ...]) -> int:
    """Where the weight is in the vector of all."""
    before = 0
    for name, leaf in flatten(params).items():
        if name == path:
            if len(index) != leaf.ndim or any(not 0 <= i < size for i, size in zip(index, leaf.shape, strict=True)):
                raise ConfigError(f"{_name((path, index))} is not there: {path} has shape {leaf.shape}")
            return before + int(np.ravel_multi_index(index, leaf.shape))
        before += leaf.size
    raise ConfigError(f"there are no weights at {path}, only at {', '.join(flatten(params))}")


def _name(weight: Weight) -> str:
    return f"{weight[0]}{list(weight[1])}"
