"""What a step of time is, whatever its kind, and how lengths of time are said."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Any, ClassVar

import numpy as np

from pellucid.data.messages import with_count
from pellucid.data.serialization import STRICT

ROUNDED = 0.05
"""The share of a step by which times that are numbers may be off: 1949.083 and 1949.167 are months."""

DAY = 24 * 60 * 60 * 1_000_000
"""Microseconds."""

UNITS = (
    ("day", DAY),
    ("hour", DAY // 24),
    ("minute", 60_000_000),
    ("second", 1_000_000),
    ("millisecond", 1_000),
    ("microsecond", 1),
)

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


class TimeStep(ABC):
    """How a series goes from one time to the next. Subclasses are frozen dataclasses of plain values."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    has_holidays: ClassVar[bool] = False
    """Whether some steps may be missing, as on holidays."""

    @abstractmethod
    def between(self, times: np.ndarray) -> np.ndarray:
        """How many steps each of ``times`` (T,) is after the one before it, (T - 1,); NaN where it is on no step."""

    @abstractmethod
    def following(self, time: Any, count: int) -> np.ndarray:
        """The times of so many steps after ``time``, (count,)."""

    def irregular(self, times: np.ndarray) -> np.ndarray:
        """Which of ``times`` are not one step after the one before them, (T - 1,)."""
        return np.asarray(~(np.abs(self.between(times) - 1) <= ROUNDED))


def length_of(microseconds: int) -> str:
    """A length of time in the largest unit that measures it: "30 minutes"."""
    unit, size = next(pair for pair in UNITS if microseconds % pair[1] == 0)
    return with_count(microseconds // size, unit)


def name_weekdays(days: Sequence[int]) -> str:
    """ "Mon to Fri" for days in a row, Monday being 0; else all of them."""
    firsts = [day for day in days if (day - 1) % 7 not in days]
    if len(days) == 1 or len(firsts) > 1:
        return ", ".join(WEEKDAYS[day] for day in days)
    return f"{WEEKDAYS[firsts[0]]} to {WEEKDAYS[(firsts[0] + len(days) - 1) % 7]}" if firsts else "every day"
