"""Columns of dates: the numbers that a network takes instead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from pellucid.data.files.date_patterns import date_patterns, likeliest_pattern, note_order, read_alike
from pellucid.data.messages import ColumnNote, sentences
from pellucid.data.serialization import STRICT
from pellucid.data.tables.columns import column_kind
from pellucid.data.tables.table import Table
from pellucid.errors import DataError

if TYPE_CHECKING:
    import polars as pl

PARTS = ("year", "month", "day", "weekday", "hour", "days")
"""Monday is weekday 1; hours have minutes and seconds as a fraction; days are those since the first training row."""


@dataclass(frozen=True)
class DateColumn:
    """A column of dates that becomes a column of numbers for each of ``parts``, called ``name.part``.

    ``pattern`` is how the dates are written; those in another form are read if their parts are in the same order.
    """

    name: str
    pattern: str
    start: str
    parts: tuple[str, ...]
    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    @property
    def features(self) -> tuple[str, ...]:
        """The names of the columns that it becomes."""
        return tuple(f"{self.name}.{part}" for part in self.parts)

    def apply(self, table: Table) -> pl.DataFrame:
        """The columns of numbers, Float64, null where the date is missing. Raises DataError for what is no date."""
        column = table.frame[self.name]
        times = clock_times(column, self.pattern)
        wrong = times.is_null() & column.is_not_null()
        if wrong.any():
            row = int(wrong.arg_max() or 0)
            raise DataError(
                f"{table.at(row)}: column {self.name!r} holds dates, {self.pattern}, but here it is {column[row]!r}: "
                "correct it, or say that this marks a missing value"
            )
        return _parts(times, np.datetime64(self.start)).select(**dict(zip(self.features, self.parts, strict=True)))


def fit_dates(
    table: Table, rows: np.ndarray, but: Sequence[str] = ()
) -> tuple[tuple[DateColumn, ...], dict[str, str], tuple[str, ...]]:
    """The columns of dates ``but`` those named, why others are of no use, and notes.

    Parts that are the same in all training ``rows`` are left out.
    """
    found, of_no_use, remarks, notes = [], {}, list[ColumnNote](), tuple[str, ...]()
    for name in table.inputs:
        if name in but or column_kind(table, name) != "dates":
            continue
        column = table.frame[name]
        patterns = _patterns(column, table.dates)
        times = clock_times(column, patterns[0])
        if wrong := [cell for cell, time in zip(column, times, strict=True) if cell is not None and time is None]:
            of_no_use[name] = f"dates, of which {wrong[0]!r} cannot be read"
            continue
        training = times[rows].drop_nulls()
        if training.n_unique() < 2:
            of_no_use[name] = "one value only" if len(training) else "nothing in it"
            continue
        start = str(training.sort().to_numpy()[0])
        parts = _parts(training, np.datetime64(start))
        dates = DateColumn(name, patterns[0], start, tuple(part for part in PARTS if parts[part].n_unique() > 1))
        if taken := set(dates.features) & set(table.columns):
            raise DataError(f"{table.name}: {min(taken)!r} is a column and a part of the dates {name!r}: rename one")
        found.append(dates)
        remarks.append((f"dates become numbers ({', '.join(dates.parts)})", name))
        notes += note_order(name, str(column.drop_nulls()[0]), patterns, patterns[0])
    return tuple(found), of_no_use, (*sentences(remarks), *notes)


def _patterns(column: pl.Series, dates: str) -> tuple[str, ...]:
    """The patterns that read every cell, the likeliest first, or else the one that reads the most."""
    import polars as pl

    if column.dtype.is_temporal():
        return ("%Y-%m-%d" if column.dtype == pl.Date else "%Y-%m-%d %H:%M:%S",)
    return date_patterns(column, dates) or (likeliest_pattern(column, dates) or "%Y-%m-%d",)


def with_parts(table: Table, dates: Sequence[DateColumn]) -> Table:
    """The table with each of these columns of dates replaced by its parts, in its place."""
    import polars as pl

    by_name = {column.name: column for column in dates}
    columns = [by_name[name].apply(table) if name in by_name else table.frame.select(name) for name in table.columns]
    return replace(table, frame=pl.concat(columns, how="horizontal")) if by_name else table


def clock_times(column: pl.Series, pattern: str) -> pl.Series:
    """Datetime to the microsecond, as the clock on the wall showed it; null where a cell is missing or no date."""
    import polars as pl

    if column.dtype.is_temporal():
        return column.cast(pl.Datetime("us")) if column.dtype == pl.Date else column.dt.replace_time_zone(None)
    return pl.Series(read_alike(column.cast(pl.String), pattern))


def _parts(times: pl.Series, start: np.datetime64) -> pl.DataFrame:
    """All parts of times, Float64."""
    import polars as pl

    time, seconds = pl.col("time"), 3600.0
    hour = time.dt.hour() + (time.dt.minute() * 60 + time.dt.second()) / seconds + time.dt.microsecond() / 3.6e9
    days = (time - pl.lit(start.astype("datetime64[us]").item())).dt.total_microseconds() / 8.64e10
    plain = {"year": time.dt.year(), "month": time.dt.month(), "day": time.dt.day(), "weekday": time.dt.weekday()}
    parts = {**plain, "hour": hour, "days": days}
    return times.alias("time").to_frame().select(**{name: part.cast(pl.Float64) for name, part in parts.items()})
