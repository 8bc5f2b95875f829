"""Columns of numbers: missing values filled in, then centred and scaled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Self

import numpy as np

from pellucid.data.serialization import STRICT
from pellucid.errors import DataError
from pellucid.runtime import memory

LARGEST = float(np.finfo(np.float32).max)
"""What float32 can hold."""

SMALLEST = float(np.finfo(np.float32).tiny)
"""The smallest number that float32 holds with all its digits."""

ROWS = 256
"""How many rows are scaled at a time."""


@dataclass(frozen=True)
class Scaling:
    """``z = (x - mean) / scale`` for each column, after ``fill`` is put for a missing x.

    Shapes: x and z (B, D); names, fill, mean and scale (D,). Fitted, fill is the median of the training rows, mean
    and scale are their mean and standard deviation.
    """

    names: tuple[str, ...]
    fill: tuple[float, ...]
    mean: tuple[float, ...]
    scale: tuple[float, ...]
    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    def __post_init__(self) -> None:
        if not len(self.names) == len(self.fill) == len(self.mean) == len(self.scale):
            raise DataError("scaling needs one fill, mean and scale for each column")
        if not all(scale > 0 for scale in self.scale):
            raise DataError(f"scaling needs scales above 0, not {min(self.scale)}")

    @classmethod
    def fit(cls, names: Sequence[str], x: np.ndarray) -> Self:
        """Fitted on x, (B, D), with NaN for missing values; no column is all NaN."""
        fill = np.nanmedian(x, axis=0)
        mean, deviation = _moments(np.where(np.isnan(x), fill, x))
        scale = np.where(deviation > 0, deviation, 1.0)
        return cls(tuple(names), *(tuple(map(float, row)) for row in (fill, mean, scale)))

    @classmethod
    def uniform(cls, names: Sequence[str], mean: float = 0.0, scale: float = 1.0) -> Self:
        """One mean and one scale for all columns, as the pixels of an image want it; missing values become 0."""
        columns = len(names)
        return cls(tuple(names), (0.0,) * columns, (mean,) * columns, (scale,) * columns)

    def first(self, columns: int) -> Self:
        """The scaling of the first so many columns alone."""
        return type(self)(self.names[:columns], *(row[:columns] for row in (self.fill, self.mean, self.scale)))

    def join_columns(self, other: Self) -> Self:
        """This scaling of its columns, and of the columns behind them what the ``other`` has for them."""
        rows = zip(self._rows, other._rows, strict=True)
        return type(self)(*((*mine, *others[len(mine) :]) for mine, others in rows))

    @property
    def _rows(self) -> tuple[tuple[Any, ...], ...]:
        return self.names, self.fill, self.mean, self.scale

    def apply(self, x: np.ndarray) -> np.ndarray:
        """z, float32, always finite: what float32 cannot hold is cut off at its largest number."""
        dtype = np.result_type(x.dtype, np.float32) if self._fits_float32() else np.dtype(np.float64)
        fill, mean, scale = (np.array(row, dtype) for row in (self.fill, self.mean, self.scale))
        z = memory.empty(x.shape, np.float32)
        for start in range(0, len(x), ROWS):  # what lies between x and z stays near the processor
            part = x[start : start + ROWS].astype(dtype)
            if x.dtype.kind == "f":
                np.copyto(part, fill, where=np.isnan(part))
            with np.errstate(over="ignore"):
                part -= mean
                part /= scale
            np.clip(part, -LARGEST, LARGEST, out=z[start : start + ROWS], casting="same_kind")
        return z

    def _fits_float32(self) -> bool:
        """Whether float32 holds these numbers, and no scale becomes 0 in it."""
        numbers = (abs(number) for row in (self.fill, self.mean, self.scale) for number in row)
        return max(numbers, default=0.0) <= LARGEST and min(self.scale, default=1.0) >= SMALLEST


def _moments(x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Mean and standard deviation of each column; where squares are too large for a float, as shares of the largest."""
    with np.errstate(over="ignore", invalid="ignore"):
        mean, deviation = x.mean(axis=0), x.std(axis=0)
        if np.isfinite(mean).all() and np.isfinite(deviation).all():
            return mean, deviation
    largest = np.abs(x).max(axis=0)
    unit = np.where(largest > 0, largest, 1.0)
    return unit * (x / unit).mean(axis=0), unit * (x / unit).std(axis=0)
