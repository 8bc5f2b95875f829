"""Random numbers for points: each draw has a number of its own, so that none hangs on the order of the others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from pellucid import ops
from pellucid.types import Key


class Points(NamedTuple):
    """Inputs x (N, 2) and labels y (N,): the number of the class, or an amount."""

    x: np.ndarray
    y: np.ndarray


@dataclass(frozen=True)
class Draw:
    """What the points of a data set are drawn with: how many, ``count``, how much ``noise`` (a share, 0.5 for 50
    percent), how many ``classes`` where the data set can have any number.
    """

    key: Key
    count: int
    noise: float
    classes: int = 2

    def uniform(self, number: int, least: float, greatest: float) -> np.ndarray:
        """Draw ``number``: uniform from ``least`` to ``greatest``, (count,)."""
        u = ops.uniform(ops.fold_in(self.key, number), (self.count,), np.float64)
        return np.asarray(least + (greatest - least) * u)

    def normal(self, number: int, deviation: float) -> np.ndarray:
        """Draw ``number``: normal with mean 0, (count,)."""
        return np.asarray(deviation * ops.normal(ops.fold_in(self.key, number), (self.count,), np.float64))

    @property
    def numbers(self) -> np.ndarray:
        """0 to count - 1."""
        return np.arange(self.count)


def points_of(x1: np.ndarray, x2: np.ndarray, y: np.ndarray) -> Points:
    """The points with these inputs and labels."""
    return Points(np.stack([x1, x2], axis=1), y.astype(np.float64))
