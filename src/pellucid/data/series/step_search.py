"""The step that the times of a series take: of all kinds the one with the fewest places that do not fit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from pellucid.data.series.session_search import find_sessions
from pellucid.data.series.step import DAY, TimeStep
from pellucid.data.series.steps import AnyStep, ClockStep, MonthStep, NumberStep, WeekdayStep

SHORTEST_MONTH = 28 * DAY


def find_step(times: np.ndarray) -> AnyStep | None:
    """The step between ``times`` (T,), which go up; None for fewer than two.

    Of steps that fit equally well it is the plainest: a stretch of time, but months where it is a month or longer.
    """
    if len(times) < 2:
        return None
    if times.dtype.kind != "M":
        usual = float(_usual(np.diff(times)))
        return NumberStep(float((times[-1] - times[0]) / np.round(np.diff(times) / usual).clip(1).sum()))
    return min(_candidates(times), key=lambda step: count_misfits(step, times))


def count_misfits(step: TimeStep, times: np.ndarray) -> int:
    """How many places do not fit; a step with holidays that lacks a tenth of its times fits nowhere."""
    if step.has_holidays and np.nansum(step.between(times) - 1) > 0.1 * len(times):
        return len(times)
    return int(step.irregular(times).sum())


def _candidates(times: np.ndarray) -> Iterator[AnyStep]:
    """The steps worth trying, the plainest first."""
    usual = int(_usual(np.diff(times).astype(np.int64)))
    clock = ClockStep(usual)
    count = int(_usual(np.diff(times.astype("datetime64[M]")).astype(np.int64)))
    if count >= 1 and usual >= SHORTEST_MONTH:
        days = times.astype("datetime64[D]")
        latest = int((days - times.astype("datetime64[M]").astype("datetime64[D]")).astype(np.int64).max()) + 1
        ends = MonthStep(count, 31)
        yield from (MonthStep(count, latest), ends) if count_misfits(ends, times) else (ends,)
        yield clock
        yield MonthStep(count, "last")
        yield MonthStep(count, "first")
        return
    yield clock
    if usual == DAY and (mask := _working_days(times)):
        yield WeekdayStep(mask)
    if usual < DAY and count_misfits(clock, times) and (sessions := find_sessions(times, usual)):
        yield sessions


def _usual(differences: np.ndarray) -> Any:
    """The middle of the differences, of two the smaller: gaps are longer."""
    return np.sort(differences)[(len(differences) - 1) // 2]


def _working_days(times: np.ndarray) -> tuple[int, ...]:
    """The days of the week of ``times``, if they are five or six in a row and the others are always left out."""
    days = np.unique(times.astype("datetime64[D]").astype(np.int64))
    weekdays = tuple(int(day) for day in np.unique((days + 3) % 7))
    weeks_crossed = int((np.diff((days + 3 - _first_after_rest(weekdays)) // 7) > 0).sum()) if weekdays else 0
    gaps = sum((day + 1) % 7 not in weekdays for day in weekdays)
    fits = len(weekdays) in (5, 6) and gaps == 1 and weeks_crossed >= len(weekdays) - 4
    return weekdays if fits else ()


def _first_after_rest(weekdays: tuple[int, ...]) -> int:
    return next((day for day in weekdays if (day - 1) % 7 not in weekdays), 0)
