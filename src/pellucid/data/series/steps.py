"""What may lie between one time of a series and the next: an amount, a length of time, months, days of work."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, Literal

import numpy as np

from pellucid.data.messages import with_count
from pellucid.data.series.sessions import SessionStep
from pellucid.data.series.step import ROUNDED, TimeStep, length_of, name_weekdays


@dataclass(frozen=True)
class NumberStep(TimeStep):
    """Numbers that go up by ``size``, to within rounding."""

    size: float

    def between(self, times: np.ndarray) -> np.ndarray:
        steps: np.ndarray = np.diff(times) / self.size
        return np.where(np.abs(steps - np.round(steps)) <= ROUNDED, steps, np.nan)

    def following(self, time: Any, count: int) -> np.ndarray:
        later: np.ndarray = time + np.arange(1, count + 1) * self.size
        return later

    def __str__(self) -> str:
        return f"{self.size:.10g}"


@dataclass(frozen=True)
class ClockStep(TimeStep):
    """So many ``microseconds``: seconds, hours, days, weeks."""

    microseconds: int

    def between(self, times: np.ndarray) -> np.ndarray:
        steps: np.ndarray = np.diff(times).astype("timedelta64[us]").astype(np.int64) / self.microseconds
        return np.where(steps == np.round(steps), steps, np.nan)

    def following(self, time: Any, count: int) -> np.ndarray:
        later: np.ndarray = time + (np.arange(1, count + 1) * self.microseconds).astype("timedelta64[us]")
        return later

    def __str__(self) -> str:
        return length_of(self.microseconds)


@dataclass(frozen=True)
class MonthStep(TimeStep):
    """So many ``months``, at the same time of day.

    ``day`` is that of the month, 1 to 31; in a month that is shorter it is the last day, so that 31 is the end of each
    month. Or it is the "first" or the "last" day from Monday to Friday.
    """

    months: int
    day: int | Literal["first", "last"]

    def between(self, times: np.ndarray) -> np.ndarray:
        months = times.astype("datetime64[M]")
        fits = times.astype("datetime64[D]") == self._day_of(months)
        fits &= (times - times.astype("datetime64[D]")) == (times[:1] - times[:1].astype("datetime64[D]"))
        steps: np.ndarray = np.diff(months).astype(np.int64) / self.months
        return np.where(fits[1:] & fits[:-1] & (steps == np.round(steps)), steps, np.nan)

    def following(self, time: Any, count: int) -> np.ndarray:
        days = self._day_of(time.astype("datetime64[M]") + np.arange(1, count + 1) * self.months)
        later: np.ndarray = days + (time - time.astype("datetime64[D]"))
        return later

    def _day_of(self, months: np.ndarray) -> np.ndarray:
        first, following = months.astype("datetime64[D]"), (months + 1).astype("datetime64[D]")
        if self.day == "first":
            return np.asarray(np.busday_offset(first, 0, roll="forward"))
        if self.day == "last":
            return np.asarray(np.busday_offset(following, -1, roll="forward"))
        return np.asarray(np.minimum(first + (self.day - 1), following - 1))

    def __str__(self) -> str:
        years = self.months % 12 == 0
        what = with_count(self.months // 12, "year") if years else with_count(self.months, "month")
        if isinstance(self.day, str):
            return f"{what} ({self.day} working day of the month)"
        return f"{what} (end of the month)" if self.day == 31 else what


@dataclass(frozen=True)
class WeekdayStep(TimeStep):
    """From one of some ``weekdays`` to the next, Monday being 0; the others, such as Saturday and Sunday, do not count.

    Days that are missing are taken as holidays, up to five in a row.
    """

    weekdays: tuple[int, ...]
    has_holidays: ClassVar[bool] = True
    HOLIDAYS: ClassVar[int] = 5

    def between(self, times: np.ndarray) -> np.ndarray:
        days = times.astype("datetime64[D]")
        steps: np.ndarray = np.busday_count(days[:-1], days[1:], weekmask=self._mask).astype(np.float64)
        fits = np.is_busday(days, weekmask=self._mask) & (times - days == (times - days)[:1])
        return np.where(fits[1:] & fits[:-1], steps, np.nan)

    def following(self, time: Any, count: int) -> np.ndarray:
        day = time.astype("datetime64[D]")
        days = np.busday_offset(day, np.arange(1, count + 1), roll="backward", weekmask=self._mask)
        later: np.ndarray = days + (time - day)
        return later

    def irregular(self, times: np.ndarray) -> np.ndarray:
        steps = self.between(times)
        return np.asarray(~((steps >= 1) & (steps <= 1 + self.HOLIDAYS)))

    @property
    def _mask(self) -> list[bool]:
        return [day in self.weekdays for day in range(7)]

    def __str__(self) -> str:
        return f"1 day ({name_weekdays(self.weekdays)})"


AnyStep = NumberStep | ClockStep | MonthStep | WeekdayStep | SessionStep
"""The kinds of steps, as they are stored."""
