"""Long lines made short for drawing, their peaks kept."""

from __future__ import annotations

import numpy as np

from pellucid.report.decimate import decimate


def thin_out(x: np.ndarray, y: np.ndarray, most: int = 600) -> tuple[np.ndarray, np.ndarray]:
    """Of each of so many stretches the least and the greatest value, in their order."""
    rows = decimate([y], 2 * most)
    return (x, y) if rows is None else (x[rows], y[rows])
