"""What the calendar says of each time: the hour, the day of the week, the time of the year, each on a circle."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from pellucid.data.series.series import Series
from pellucid.data.series.sessions import SessionStep
from pellucid.data.series.step import DAY
from pellucid.data.series.steps import AnyStep, ClockStep, MonthStep, NumberStep
from pellucid.errors import ConfigError, DataError

PARTS = ("hour", "weekday", "month")


def calendar_parts(series: Series) -> tuple[str, ...]:
    """The parts of the calendar that steps of this length move through. Raises ConfigError where there is none."""
    step: AnyStep | None = series.step
    if step is None or isinstance(step, NumberStep):
        raise ConfigError(
            f"calendar is for series with dates, and the times of {series.label} are numbers: leave it out"
        )
    parts: tuple[str, ...] = PARTS[1:]
    if isinstance(step, MonthStep):
        parts = PARTS[2:] if step.months % 12 else ()
    elif isinstance(step, SessionStep):
        parts = PARTS
    elif isinstance(step, ClockStep):
        parts = PARTS if step.microseconds % DAY else PARTS[1:] if step.microseconds % (7 * DAY) else PARTS[2:]
    if not parts:
        raise ConfigError(f"calendar says nothing of a series in steps of {step}: leave it out")
    return parts


def wave_names(parts: Sequence[str]) -> tuple[str, ...]:
    """The variables that parts of the calendar become."""
    return tuple(f"{part} ({wave})" for part in parts for wave in ("sine", "cosine"))


def with_calendar(series: Series, parts: Sequence[str], horizon: int = 0) -> Series:
    """The series with a sine and a cosine of each of the ``parts`` as variables known ahead, for ``horizon`` steps.

    Raises DataError where it has such variables already, or no dates.
    """
    if not parts:
        return series
    names = wave_names(parts)
    if set(names) & set(series.variables) or series.times.dtype.kind != "M" or series.step is None:
        raise DataError(f"{series.label}: calendar = true needs dates as times, and no variables called {names}")
    later = series.step.following(series.times[-1], horizon)
    waves = _waves(series.form.clock(series.times), parts)
    known = min(horizon, len(series.ahead)) if series.future else horizon
    ahead = _waves(series.form.clock(later), parts)[:known]
    return replace(
        series,
        values=np.concatenate([series.values, waves], axis=1),
        variables=(*series.variables, *names),
        future=(*series.future, *names),
        ahead=np.concatenate([series.ahead[:known], ahead], axis=1) if series.future else ahead,
    )


def _waves(clock: np.ndarray, parts: Sequence[str]) -> np.ndarray:
    """Sine and cosine of the share of each part's round that has passed, (T, 2 parts)."""
    days = clock.astype("datetime64[D]")
    months = clock.astype("datetime64[M]")
    length = (months + 1).astype("datetime64[D]") - months.astype("datetime64[D]")
    shares = {
        "hour": (clock - days) / np.timedelta64(1, "D"),
        "weekday": (days.astype(np.int64) + 3) % 7 / 7,
        "month": (months.astype(np.int64) % 12 + (days - months.astype("datetime64[D]")) / length) / 12,
    }
    angles = [2 * np.pi * shares[part] for part in parts]
    return np.stack([wave(angle) for angle in angles for wave in (np.sin, np.cos)], axis=1)
