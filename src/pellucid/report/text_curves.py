"""Curves drawn with letters, for terminals without colour, logs and pipes."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

BOTH = "#"
"""What is drawn where two curves meet."""

LABEL = 10
"""The columns that the numbers at the left take."""


def draw_curves(x: np.ndarray, curves: Mapping[str, np.ndarray], width: int = 80, height: int = 12) -> list[str]:
    """The lines of a picture of curves over x, each drawn with the first letter of its name.

    Of more points than columns the mean of those in a column is drawn; NaN and infinity are left out. Shapes: x and
    every curve (N,). ``width`` and ``height`` are in characters, without the axis below.
    """
    columns = max(width - LABEL - 2, 10)
    finite = [values[np.isfinite(values)] for values in curves.values()]
    numbers = np.concatenate(finite) if finite else np.empty(0)
    if not len(numbers) or not len(x):
        return ["(no numbers yet)"]
    least, greatest = float(numbers.min()), float(numbers.max())
    canvas = np.full((height, columns), " ")
    for name, values in curves.items():
        for column, value in enumerate(_by_column(values, columns)):
            if np.isfinite(value):
                share = (value / 2 - least / 2) / (greatest / 2 - least / 2) if greatest > least else 0.5
                row = height - 1 - round(share * (height - 1))
                canvas[row, column] = name[0] if canvas[row, column] == " " else BOTH
    lines = []
    for row in range(height):
        label = f"{greatest:.3g}" if row == 0 else f"{least:.3g}" if row == height - 1 else ""
        lines.append(f"{label:>{LABEL}} |{''.join(canvas[row])}".rstrip())
    first, last = f"{x[0]:g}", f"{x[-1]:g}"
    axis = f"{'':>{LABEL}} +{'-' * columns}"
    return [*lines, axis, f"{'':>{LABEL}}  {first}{last:>{max(columns - len(first), 1)}}"]


def _by_column(values: np.ndarray, columns: int) -> np.ndarray:
    """One number for each column: the mean of the values there, or the value that is nearest."""
    count = len(values)
    drawn = np.full(columns, np.nan)
    if count >= columns:
        for column, part in enumerate(np.array_split(np.where(np.isfinite(values), values, np.nan), columns)):
            good = part[~np.isnan(part)]
            with np.errstate(over="ignore"):
                drawn[column] = good.mean() if len(good) else np.nan
    else:
        places = np.linspace(0, columns - 1, count).round().astype(int) if count > 1 else np.array([0])
        drawn[places] = values
    return drawn
