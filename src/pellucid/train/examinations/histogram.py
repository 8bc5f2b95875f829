"""The histogram of an array."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pellucid.types import Array

BINS = 32
"""How many parts of equal width there are between the least and the greatest number."""


@dataclass(frozen=True)
class Histogram:
    """``counts`` of numbers in ``BINS`` parts of equal width from ``least`` to ``greatest``.

    Those that are ``not_finite`` are counted apart. Where all are equal, they are counted in the first part. Without a
    finite number ``least`` and ``greatest`` are 0.
    """

    least: float
    greatest: float
    counts: tuple[int, ...]
    not_finite: int = 0

    @classmethod
    def of(cls, array: Array) -> Histogram:
        """That of all numbers of an array of any shape."""
        values = np.asarray(array, dtype=np.float64).ravel()
        finite = values[np.isfinite(values)]
        missing = len(values) - len(finite)
        if not len(finite):
            return cls(0.0, 0.0, (0,) * BINS, missing)
        least, greatest = float(finite.min()), float(finite.max())
        if least == greatest:
            return cls(least, greatest, (len(finite), *(0,) * (BINS - 1)), missing)
        scaled = finite / 2 - least / 2  # halves, for the width of two huge numbers may be infinite
        places = np.minimum((scaled / (greatest / 2 - least / 2) * BINS).astype(np.int64), BINS - 1)
        return cls(least, greatest, tuple(np.bincount(places, minlength=BINS).tolist()), missing)
