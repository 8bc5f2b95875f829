"""Mean and variance of columns that come a part at a time."""

from __future__ import annotations

from typing import Any

import numpy as np


class Moments:
    """How many numbers each column has, their mean, and the sum of their squared differences from it; NaN not counted.

    Parts a and b with n_a and n_b numbers, means m_a and m_b and sums S_a and S_b make, with ``d = m_b - m_a`` and
    ``n = n_a + n_b``, the mean ``m_a + d n_b / n`` and the sum ``S_a + S_b + d^2 n_a n_b / n``.
    Source: Chan, Golub and LeVeque 1983, "Algorithms for computing the sample variance", equations 2.1.
    """

    count: Any = 0
    mean: Any = 0.0
    squares: Any = 0.0

    def add(self, x: np.ndarray[Any, Any]) -> None:
        """Take in more rows, (B, D)."""
        x = x.astype(np.float64)
        there = ~np.isnan(x)
        count = there.sum(axis=0)
        mean = np.where(there, x, 0.0).sum(axis=0) / np.maximum(count, 1)
        squares = (np.where(there, x - mean, 0.0) ** 2).sum(axis=0)
        share = count / np.maximum(self.count + count, 1)
        apart = mean - self.mean
        self.squares = self.squares + squares + apart**2 * (self.count * share)
        self.mean = self.mean + apart * share
        self.count = self.count + count

    @property
    def deviation(self) -> np.ndarray[Any, Any]:
        """The standard deviation of each column, (D,)."""
        result: np.ndarray[Any, Any] = np.sqrt(self.squares / np.maximum(self.count, 1))
        return result
