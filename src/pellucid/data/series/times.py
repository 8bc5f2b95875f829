"""The column of a table that says when each row was, and the form in which it says so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from pellucid.data.files.date_patterns import date_patterns, likeliest_pattern, note_order
from pellucid.data.files.dates import read_dates, write_date
from pellucid.data.series.step_search import count_misfits, find_step
from pellucid.data.series.zones import local_in, utc_of
from pellucid.data.tables.columns import as_numbers, share_of_numbers
from pellucid.data.tables.table import Table
from pellucid.errors import DataError

if TYPE_CHECKING:
    import polars as pl

COMPACT = r"^(1[89]|20|21)\d{2}(0[1-9]|1[0-2])([0-3]\d)?$"
"""Whole numbers that may be dates: 20200131, 202001."""


@dataclass(frozen=True)
class TimeForm:
    """How a table writes its times; ``write`` continues in it.

    ``pattern`` is that of dates, None for numbers. ``moments`` says that the times of the series are moments, UTC, not
    what a clock shows. ``offset`` is how far the clock of the last row is ahead of UTC, ``zone`` the time zone.
    """

    pattern: str | None = None
    moments: bool = False
    offset: np.timedelta64 | None = None
    zone: str | None = None

    def clock(self, times: np.ndarray) -> np.ndarray:
        """What the clock shows at ``times`` (T,) of a series."""
        if not self.moments:
            return times
        if self.zone is not None:
            return local_in(times, self.zone)
        return times if self.offset is None else times + self.offset

    def write(self, times: np.ndarray) -> tuple[str, ...]:
        """``times`` (T,) of a series as the table would write them."""
        if self.pattern is None:
            return tuple(f"{time:.10g}" for time in times)
        clock = self.clock(times)
        offsets: Any = [self.offset] * len(times)
        if self.zone is not None:
            offsets = clock - (times if self.moments else utc_of(clock, self.zone))
        return tuple(write_date(*parts) for parts in zip(clock, [self.pattern] * len(times), offsets, strict=True))


@dataclass(frozen=True, eq=False)
class Times:
    """``values`` (T,), datetime64[us] or float64, of all rows of a table, and their form; ``notes`` on the reading.

    ``offsets`` (T,) are those of the dates, where they have any.
    """

    values: np.ndarray
    form: TimeForm
    offsets: np.ndarray | None = None
    notes: tuple[str, ...] = ()

    def form_at(self, row: int) -> TimeForm:
        """The form, with the offset of a row."""
        return self.form if self.offsets is None else replace(self.form, offset=self.offsets[row])


def read_times(
    table: Table, name: str, dates: str = "auto", zone: str | None = None, groups: Sequence[np.ndarray] = ()
) -> Times:
    """The times of a table: of all ways to read its column, the one with the most equal steps.

    Args:
        table: any table.
        name: the column of times.
        dates: "auto", "day-first", "month-first", or the pattern of the dates.
        zone: the time zone of dates that say none, such as "Europe/Berlin".
        groups: the rows of each series of the table, in its order; by default all rows are one.

    Returns:
        The times, float64 where they are numbers.

    Raises:
        DataError: for a time that is missing or cannot be read, with its line.
        ConfigError: for other ``dates``, and a zone that is not known.
    """
    column = table.frame[name]
    _require(table, name, column.is_not_null().to_numpy(), "is missing")
    found = list(_readings(table, name, dates, zone))
    if not found:
        _require(table, name, _readable(column, dates), f"is no {_wanted(dates)}")
    parts = groups or [np.arange(len(table))]
    misfits = [_misfit(times.values, parts) for times in found]
    best = found[misfits.index(min(misfits))]
    as_good = [times.form.pattern for times, count in zip(found, misfits, strict=True) if count == min(misfits)]
    patterns = tuple(pattern for pattern in as_good if pattern is not None)
    notes = note_order(name, str(column[0]), patterns, best.form.pattern) if best.form.pattern else ()
    return replace(best, notes=notes)


def _readings(table: Table, name: str, dates: str, zone: str | None) -> Iterator[Times]:
    """All ways to read the column, the likeliest first."""
    import polars as pl

    column = table.frame[name]
    if column.dtype in (pl.Date, pl.Datetime):
        yield from _typed(column)
        return
    text = column.cast(pl.String)
    numbers = share_of_numbers(column) == 1
    if not numbers or "%" in dates or text.str.contains(COMPACT).all():
        for pattern in date_patterns(text, dates):
            read = read_dates(text, pattern)
            form = TimeForm(pattern)
            if read.offset is not None:
                yield from _both(read.local, read.utc, read.offset, form)
            elif zone is not None:
                yield from _both(read.local, utc_of(read.local, zone), None, replace(form, zone=zone))
            else:
                yield Times(read.local, form)
    if numbers and "%" not in dates:
        values = as_numbers(table, name)
        _require(table, name, np.isfinite(values), "is no time")
        yield Times(values, TimeForm())


def _typed(column: pl.Series) -> Iterator[Times]:
    """The times of a column of dates."""
    import polars as pl

    zone = column.dtype.time_zone if isinstance(column.dtype, pl.Datetime) else None
    moments = column.cast(pl.Datetime("us", zone))
    local = moments.dt.replace_time_zone(None).to_numpy().astype("datetime64[us]")
    day, second = (local == local.astype(f"datetime64[{unit}]") for unit in ("D", "s"))
    pattern = "%Y-%m-%d" if day.all() else "%Y-%m-%d %H:%M:%S" + ("" if second.all() else ".%6f")
    if zone is None:
        yield Times(local, TimeForm(pattern))
        return
    utc = moments.dt.convert_time_zone("UTC").dt.replace_time_zone(None).to_numpy().astype("datetime64[us]")
    full = pattern if "%H" in pattern else f"{pattern} %H:%M:%S"
    yield from _both(local, utc, None, TimeForm(f"{full}%:z", zone=zone))


def _both(local: np.ndarray, utc: np.ndarray, offsets: np.ndarray | None, form: TimeForm) -> Iterator[Times]:
    """As moments and as what the clock shows: days begin by the clock, hours pass by the moment."""
    ways = Times(utc, replace(form, moments=True), offsets), Times(local, form, offsets)
    hours = len(utc) > 1 and np.median(np.abs(np.diff(utc))) < np.timedelta64(1, "D")
    yield from ways if hours else reversed(ways)


def _misfit(values: np.ndarray, groups: Sequence[np.ndarray]) -> int:
    """How many rows of all series are no step after the one before them; those not later count more."""
    misfits = 0
    for rows in groups:
        times = in_order(values[rows])
        back = int((times[1:] <= times[:-1]).sum())
        step = find_step(np.unique(times))
        misfits += back * len(values) + (count_misfits(step, np.unique(times)) if step else 0)
    return misfits


def in_order(times: np.ndarray) -> np.ndarray:
    """The times from the earliest where all go down."""
    return times[::-1] if len(times) > 1 and bool((times[1:] < times[:-1]).all()) else times


def _readable(column: pl.Series, dates: str) -> np.ndarray:
    """Which cells can be read."""
    import polars as pl

    text, pattern = column.cast(pl.String), likeliest_pattern(column, dates)
    return np.zeros(len(text), bool) if pattern is None else ~np.isnat(read_dates(text, pattern).local)


def _wanted(dates: str) -> str:
    return "time such as 2016-07-01 13:00:00" + ("" if dates == "auto" else f", read as dates = {dates!r} says")


def _require(table: Table, name: str, good: np.ndarray, what: str) -> None:
    if not good.all():
        row = int(good.argmin())
        raise DataError(f"{table.at(row)}: the time {name!r} {what} ({table.frame[name][row]!r}): correct it")
