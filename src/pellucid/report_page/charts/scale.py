"""From numbers to places on an axis, with ticks at numbers that a reader likes."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

SMALLEST, LARGEST = 1e-290, 1e290
"""Smaller numbers are as 0, larger ones as the largest: spans between them can be reckoned with."""


@dataclass(frozen=True)
class Scale:
    """An axis from ``low`` to ``high``; ``log`` where equal lengths are equal ratios."""

    low: float
    high: float
    ticks: tuple[float, ...]
    log: bool = False

    @classmethod
    def over(
        cls, values: np.ndarray, most: int = 5, *, log: bool = False, exact: bool = False, whole: bool = False
    ) -> Scale:
        """The axis for these values, those that are not finite left out; it ends at ticks unless ``exact``.

        Ticks of ``whole`` numbers are such.
        """
        values = np.asarray(values, np.float64)
        values = values[np.isfinite(values) & ((values >= SMALLEST) if log else True)]
        values = np.clip(np.where(np.abs(values) < SMALLEST, 0.0, values), -LARGEST, LARGEST)
        low, high = (float(values.min()), float(values.max())) if len(values) else (0.0, 1.0)
        if log and len(values):
            return cls(*_decades(low, high, most), True)
        if high - low <= 1e-9 * max(abs(low), abs(high)):
            low, high = (low - 0.5 * (abs(low) or 1), high + 0.5 * (abs(high) or 1))
        step = nice_step((high - low) / max(1, most - 1))
        step = max(step, 1.0) if whole else step
        first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
        ticks = [step * k for k in range(first, last + 1)]
        if exact:
            ticks = [tick for tick in ticks if low - 1e-9 * step <= tick <= high + 1e-9 * step]
            return cls(low, high, tuple(ticks))
        return cls(ticks[0], ticks[-1], tuple(ticks))

    def places(self, values: Sequence[float] | np.ndarray) -> np.ndarray:
        """Where values lie, 0 at ``low`` and 1 at ``high``; NaN for those that have no place."""
        values = np.asarray(values, np.float64)
        with np.errstate(all="ignore"):
            values = np.where(np.isinf(values), np.nan, np.clip(values, -LARGEST, LARGEST))
            if self.log:
                low, high = math.log10(self.low), math.log10(self.high)
                return np.where(values >= SMALLEST, (np.log10(values) - low) / (high - low), np.nan)
            return np.where(np.isfinite(values), (values - self.low) / (self.high - self.low), np.nan)

    def labels(self) -> list[tuple[float, str]]:
        """The place and the text of each tick."""
        return list(zip(self.places(self.ticks).tolist(), map(self._label, self.ticks), strict=True))

    def _label(self, tick: float) -> str:
        """All ticks of an axis have as many decimals, those that its steps need."""
        step = min((after - before for before, after in pairwise(self.ticks)), default=1.0)
        places = max(0, -math.floor(math.log10(step) + 1e-9))
        if tick and (self.log or places > 4 or abs(tick) >= 1e5):
            return f"{tick:.3g}".replace("e-0", "e-").replace("e+0", "e").replace("-", "−")
        return f"{tick + 0.0:,.{places}f}".replace("-", "−")


def nice_step(step: float) -> float:
    """The least of 1, 2 and 5 times a power of ten that is no smaller."""
    power = 10.0 ** math.floor(math.log10(step))
    return next(power * factor for factor in (1, 2, 5, 10) if power * factor >= step * (1 - 1e-9))


def _decades(low: float, high: float, most: int) -> tuple[float, float, tuple[float, ...]]:
    first, last = math.floor(math.log10(low)), math.ceil(math.log10(high))
    last = last if last > first else first + 1
    apart = -(-(last - first) // most)
    ticks = tuple(10.0**k for k in range(first, last + 1, apart))
    return 10.0**first, 10.0**last, ticks
