"""The column of a table that says when each row was."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from pellucid.data.tables.columns import as_numbers, share_of_numbers
from pellucid.data.tables.table import Table
from pellucid.errors import DataError

if TYPE_CHECKING:
    import polars as pl

MONTH = r"^\d{4}[-/]\d{1,2}$"

ROUNDED = 0.05
"""The share of a step by which times that are numbers may be off: 1949.083 and 1949.167 are months."""


def times_of(table: Table, name: str) -> np.ndarray:
    """The times (T,): datetime64 to the microsecond for dates (UTC where they have a zone), float64 for numbers.

    Raises DataError for one that is missing or cannot be read.
    """
    import polars as pl

    column = table.frame[name]
    _require(table, name, column.is_not_null().to_numpy(), "is missing")
    if share_of_numbers(column) == 1:
        times = as_numbers(table, name)
        _require(table, name, np.isfinite(times), "is no time")
        return times
    read = column.cast(pl.Datetime("us")) if column.dtype in (pl.Date, pl.Datetime) else _read(column)
    _require(table, name, read.is_not_null().to_numpy(), "is no time such as 2016-07-01 13:00:00")
    dates: np.ndarray = read.to_numpy().astype("datetime64[us]")
    return dates


def _read(column: pl.Series) -> pl.Series:
    """Text as dates, null where it is none."""
    import polars as pl

    text = column.cast(pl.String)
    if text.str.contains(MONTH).all():
        text = text + text.str.slice(4, 1) + "01"
    for read in (text.str.to_datetime, text.str.to_date):
        try:
            return read(strict=False).cast(pl.Datetime("us"))
        except pl.exceptions.ComputeError:
            continue
    return pl.Series(column.name, [None] * len(column), dtype=pl.Datetime("us"))


def check_steps(table: Table, name: str, times: np.ndarray) -> None:
    """Raise DataError unless each time is one step behind the one before; months and years are steps too."""
    for row in np.flatnonzero(times[1:] <= times[:-1])[:1] + 1:
        what = "again" if times[row] == times[row - 1] else f"after {times[row - 1]}"
        todo = "keep one row for each time" if times[row] == times[row - 1] else "sort the rows by time"
        raise DataError(f"{table.at(row)}: {name!r} is {times[row]} {what}: {todo}")
    steps = np.diff(_in_months(times))
    if len(steps) == 0:
        return
    usual = np.sort(steps)[len(steps) // 2]
    odd = np.abs(steps - usual) > (usual * ROUNDED if steps.dtype.kind == "f" else usual * 0)
    if not odd.any():
        return
    row = int(odd.argmax()) + 1
    raise DataError(
        f"{table.at(row)}: {name!r} goes from {times[row - 1]} to {times[row]}, but the usual step is "
        f"{_in_units(usual)} ({odd.sum()} such places): fill the gap, or take the part before or behind it"
    )


def _in_units(step: Any) -> Any:
    """86,400,000,000 microseconds as 1 day; all else as it is."""
    if step.dtype != "timedelta64[us]":
        return step
    units = (step.astype(f"timedelta64[{unit}]") for unit in ("D", "h", "m", "s", "us"))
    return next(larger for larger in units if larger == step)


def next_times(times: np.ndarray, count: int) -> tuple[str, ...]:
    """The times of so many steps behind the last of ``times`` (T,), of which there are at least two, as text."""
    ahead = np.arange(1, count + 1)
    if times.dtype.kind != "M":
        step = (times[-1] - times[0]) / (len(times) - 1)
        return tuple(f"{time:.10g}" for time in times[-1] + ahead * step)
    steps = _in_months(times)
    later = steps[-1] + ahead * (steps[-1] - steps[-2])
    later = later.astype(times.dtype) + (times[-1] - steps[-1].astype(times.dtype))
    unit = next(unit for unit in ("D", "s", "us") if (later == later.astype(f"datetime64[{unit}]")).all())
    return tuple(str(time).replace("T", " ") for time in later.astype(f"datetime64[{unit}]"))


def _in_months(times: np.ndarray) -> np.ndarray:
    """Dates that all are the same day of their months, at the same hour, as months; all else as it is."""
    if times.dtype.kind != "M":
        return times
    months = times.astype("datetime64[M]")
    return months if len(np.unique(times - months)) == 1 and len(np.unique(np.diff(times))) > 1 else times


def _require(table: Table, name: str, good: np.ndarray, what: str) -> None:
    if not good.all():
        row = int(good.argmin())
        raise DataError(f"{table.at(row)}: the time {name!r} {what} ({table.frame[name][row]!r}): correct it")
