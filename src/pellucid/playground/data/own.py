"""Points of one's own: checked, one clear line for each thing that cannot be."""

from __future__ import annotations

import numpy as np

from pellucid.errors import DataError
from pellucid.playground.data.draw import Points
from pellucid.playground.state import DataState

LARGEST = 1e6
"""Numbers of one's own are not larger: their squares go into features, and float32 into pictures."""


def own_points(state: DataState) -> tuple[Points, np.ndarray]:
    """The points of ``state``, and which of them are for the test, (N,). Raises DataError."""
    width = len(state.columns)
    if not width:
        raise DataError("points of your own need at least one column of inputs")
    for row, point in enumerate(state.points):
        if len(point.x) != width:
            raise DataError(f"point {row + 1} has {len(point.x)} inputs, but there are {width} columns")
        if max(abs(number) for number in (*point.x, point.y)) > LARGEST:
            raise DataError(f"point {row + 1} has a number beyond {LARGEST:,.0f}: scale the column down")
        if state.problem == "classification" and (point.y < 0 or point.y >= state.classes or point.y % 1):
            raise DataError(
                f"point {row + 1} has the label {point.y:g}: labels are whole numbers from 0 to {state.classes - 1}"
            )
    test = np.array([point.test for point in state.points], dtype=bool)
    if test.all():
        raise DataError("there are no training points: training needs one at least")
    x = np.array([point.x for point in state.points], dtype=np.float64)
    return Points(x, np.array([point.y for point in state.points], dtype=np.float64)), test
