"""Fewer rows of a table, in which every peak is still there."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

FEWEST_BUCKETS = 100
"""Of many columns each is still looked at in so many stretches."""


def decimate(columns: Sequence[np.ndarray], points: int) -> np.ndarray | None:
    """Which rows to show: of each of some stretches the least and the greatest of every column, and both ends.

    NaN is passed over where a stretch has numbers too. None where all rows are to be shown.
    Shapes: columns (R,) each; the result is sorted, (about ``points``,), more where there are many columns.
    """
    rows = len(columns[0]) if columns else 0
    if rows <= points:
        return None
    buckets = min(max(points // (2 * len(columns)), FEWEST_BUCKETS), rows)
    size = -(-rows // buckets)
    starts = np.arange(0, rows, size)
    chosen = [np.array([0, rows - 1])]
    for column in columns:
        padded = np.full(len(starts) * size, np.nan)
        padded[:rows] = column
        stretches = padded.reshape(-1, size)
        missing = np.isnan(stretches)
        chosen.append(starts + np.where(missing, np.inf, stretches).argmin(axis=1))
        chosen.append(starts + np.where(missing, -np.inf, stretches).argmax(axis=1))
    rows_shown: np.ndarray = np.unique(np.minimum(np.concatenate(chosen), rows - 1))
    return rows_shown
