"""How inputs are seen in the plane of the map: two of them, or two principal components of all."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pellucid.data.preparation.pca import principal_directions
from pellucid.errors import DataError

COMPONENTS = (-1, -1)
"""What stands for the first two principal components in the place of two axes."""

Domain = tuple[tuple[float, float], tuple[float, float]]


@dataclass(frozen=True, eq=False)
class Plane:
    """``shown = (x - middle) V``, and back ``x = middle + shown V^T``: V (D, 2) has a column for each axis of the map.

    Where the axes are two of the inputs, V picks them and ``middle`` is 0 there; elsewhere it is the training mean.
    """

    middle: np.ndarray
    V: np.ndarray

    def show(self, x: np.ndarray) -> np.ndarray:
        """Where the map has inputs x (N, D): (N, 2)."""
        return np.asarray((x - self.middle) @ self.V)

    def inputs(self, shown: np.ndarray) -> np.ndarray:
        """The inputs (N, D) at places of the map (N, 2)."""
        return np.asarray(self.middle + shown @ self.V.T)


def plane_of(x: np.ndarray, axes: tuple[int, int]) -> Plane:
    """The plane of training inputs x (N, D) along two of them, or ``COMPONENTS``. Raises DataError."""
    middle, width = x.mean(axis=0), x.shape[1]
    if axes == COMPONENTS:
        basis, _, _ = principal_directions(x - middle, None, "the map")
        return Plane(middle, np.pad(basis[:, :2], ((0, 0), (0, 2 - min(2, basis.shape[1])))))
    if width == 1:
        return Plane(np.zeros(1), np.array([[1.0, 0.0]]))
    if axes[0] == axes[1] or not all(0 <= axis < width for axis in axes):
        raise DataError(f"the map shows two of the columns 0 to {width - 1}, or -1 and -1, not {axes[0]} and {axes[1]}")
    V = np.eye(width)[:, list(axes)]
    return Plane(middle * (1.0 - V.sum(axis=1)), V)


def domain_around(shown: np.ndarray) -> Domain:
    """A square or oblong around all points, with a little room; of points that the usual domain holds, that one."""
    if (abs(shown) <= 6.0).all() and (shown.max(axis=0) - shown.min(axis=0)).max() > 3.0:
        return ((-6.0, 6.0), (-6.0, 6.0))
    least, greatest = shown.min(axis=0), shown.max(axis=0)
    room = np.maximum(0.1 * (greatest - least), 0.5 * (greatest - least == 0))
    sides = [(float(low), float(high)) for low, high in zip(least - room, greatest + room, strict=True)]
    return sides[0], sides[1]
