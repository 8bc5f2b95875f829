"""Steps within sessions: a market that closes at night and at weekends is at the same times in every week."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from pellucid.data.series.step import DAY, WEEKDAYS, TimeStep, length_of, name_weekdays

WEEK = 7 * DAY

MONDAY = np.datetime64("1970-01-05", "us")


@dataclass(frozen=True)
class SessionStep(TimeStep):
    """So many ``microseconds`` within a session, and from its last time to the first of the next.

    ``sessions`` are those of a week: the first time of each, in microseconds since Monday at midnight, and how many
    times it has. A session may end early, and sessions be missing for as long as ``HOLIDAYS`` days.
    """

    microseconds: int
    sessions: tuple[tuple[int, int], ...]
    has_holidays: ClassVar[bool] = True
    HOLIDAYS: ClassVar[int] = 8

    def between(self, times: np.ndarray) -> np.ndarray:
        places, on_one = self._places(times)
        steps: np.ndarray = np.diff(places).astype(np.float64)
        return np.where(on_one[1:] & on_one[:-1], steps, np.nan)

    def following(self, time: Any, count: int) -> np.ndarray:
        slots = self._slots
        places = self._places(np.array([time]))[0] + np.arange(1, count + 1)
        since = places // len(slots) * WEEK + slots[places % len(slots)]
        later: np.ndarray = MONDAY + since.astype("timedelta64[us]")
        return later

    def irregular(self, times: np.ndarray) -> np.ndarray:
        steps = self.between(times)
        starts = np.isin(since_monday(times)[1:] % WEEK, [first for first, _ in self._whole])
        near = np.diff(times) <= np.timedelta64(self.HOLIDAYS, "D")
        return np.asarray(~((steps == 1) | ((steps > 1) & starts & near)))

    def _places(self, times: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The number of the last time of a session up to each of ``times``, and whether it is that time itself."""
        slots, since = self._slots, since_monday(times)
        within = np.searchsorted(slots, since % WEEK, side="right") - 1
        return since // WEEK * len(slots) + within, (within >= 0) & (slots[within] == since % WEEK)

    @property
    def _slots(self) -> np.ndarray:
        """All times of the week, in microseconds since Monday at midnight."""
        return np.concatenate([first + self.microseconds * np.arange(count) for first, count in self.sessions])

    def __str__(self) -> str:
        return f"{length_of(self.microseconds)} ({self._said})"

    @property
    def _whole(self) -> tuple[tuple[int, int], ...]:
        """The sessions, of which one that goes on from Sunday to Monday is one."""
        (first, count), *others = self.sessions
        if not others or others[-1][0] + others[-1][1] * self.microseconds != WEEK + first:
            return self.sessions
        return (*others[:-1], (others[-1][0], others[-1][1] + count))

    @property
    def _said(self) -> str:
        """ "Mon to Fri 09:30 to 15:30"; of days that differ how many sessions there are, or all of a few."""
        days = sorted({int(first // DAY) for first, _ in self._whole})
        by_day = [[(first % DAY, count) for first, count in self._whole if first // DAY == day] for day in days]
        ends = [(first, first + (count - 1) * self.microseconds) for first, count in self._whole]
        if all(sessions == by_day[0] for sessions in by_day) and all(last - first < DAY for first, last in ends):
            spans = (f"{_clock(first)} to {_clock(last)}" for first, last in ends[: len(by_day[0])])
            return f"{name_weekdays(days)} {' and '.join(spans)}"
        if len(ends) > len(WEEKDAYS):
            return f"{len(ends)} sessions a week"
        return ", ".join(f"{_day(first)} {_clock(first)} to {_day(last)} {_clock(last)}" for first, last in ends)


def since_monday(times: np.ndarray) -> np.ndarray:
    """Microseconds since a Monday at midnight, (T,)."""
    since: np.ndarray = (times.astype("datetime64[us]") - MONDAY).astype(np.int64)
    return since


def _day(microseconds: int) -> str:
    return WEEKDAYS[microseconds // DAY % 7]


def _clock(microseconds: int) -> str:
    minutes = microseconds // 60_000_000
    return f"{minutes // 60 % 24:02}:{minutes % 60:02}"
