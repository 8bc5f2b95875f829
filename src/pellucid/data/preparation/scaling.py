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
        filled = np.where(np.isnan(x), fill, x)
        deviation = filled.std(axis=0)
        scale = np.where(deviation > 0, deviation, 1.0)
        return cls(tuple(names), *(tuple(map(float, row)) for row in (fill, filled.mean(axis=0), scale)))

    @classmethod
    def uniform(cls, names: Sequence[str], mean: float = 0.0, scale: float = 1.0) -> Self:
        """One mean and one scale for all columns, as the pixels of an image want it; missing values become 0."""
        columns = len(names)
        return cls(tuple(names), (0.0,) * columns, (mean,) * columns, (scale,) * columns)

    def first(self, columns: int) -> Self:
        """The scaling of the first so many columns alone."""
        return type(self)(self.names[:columns], *(row[:columns] for row in (self.fill, self.mean, self.scale)))

    def apply(self, x: np.ndarray) -> np.ndarray:
        """z, float32, always finite: what float32 cannot hold is cut off at its largest number."""
        dtype = np.result_type(x.dtype, np.float32)
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
