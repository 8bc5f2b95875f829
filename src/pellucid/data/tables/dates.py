"""Columns of dates: the numbers that a network takes instead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar, Literal

import numpy as np

from pellucid.data.messages import ColumnNote
from pellucid.data.serialization import STRICT
from pellucid.data.tables.columns import kind_of
from pellucid.data.tables.table import Table
from pellucid.errors import DataError

if TYPE_CHECKING:
    import polars as pl

Order = Literal["year first", "day first", "month first"]

PARTS = ("year", "month", "day", "weekday", "hour", "days")
"""Monday is weekday 1; hours have minutes and seconds as a fraction; days are those since the first training row."""

YEAR_FIRST = r"^(?<y>\d{4})[-/](?<m>\d{1,2})(?:[-/](?<d>\d{1,2}))?"
YEAR_LAST = r"^(?<a>\d{1,2})[/.-](?<b>\d{1,2})[/.-](?<y>\d{4}|\d{2})(?:[T ]|$)"
TIME = r"[T ](?<hour>\d{1,2}):(?<minute>\d{2})(?::(?<second>\d{2}(?:\.\d{1,6})?))?\s*(?<half>[AaPp][Mm])?"

CENTURY = 69
"""Years of two digits from here on are of the 20th century, those before of the 21st, as POSIX has it."""


@dataclass(frozen=True)
class DateColumn:
    """A column of dates that becomes a column of numbers for each of ``parts``, called ``name.part``."""

    name: str
    order: Order
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
        times = read_dates(column, self.order)
        wrong = times.is_null() & column.is_not_null()
        if wrong.any():
            row = int(wrong.arg_max() or 0)
            raise DataError(
                f"{table.at(row)}: column {self.name!r} holds dates, {self.order}, but here it is {column[row]!r}: "
                "correct it, or say that this marks a missing value"
            )
        return _parts(times, np.datetime64(self.start)).select(**dict(zip(self.features, self.parts, strict=True)))


def fit_dates(
    table: Table, rows: np.ndarray, but: Sequence[str] = ()
) -> tuple[tuple[DateColumn, ...], dict[str, str], list[ColumnNote]]:
    """The columns of dates ``but`` those named, why others are of no use, and remarks.

    Parts that are the same in all training ``rows`` are left out.
    """
    found, of_no_use, remarks = [], {}, list[ColumnNote]()
    for name in table.inputs:
        if name in but or kind_of(table, name) != "dates":
            continue
        column = table.frame[name]
        order, doubt = _find_order(column)
        times = read_dates(column, order)
        if wrong := [cell for cell, time in zip(column, times, strict=True) if cell is not None and time is None]:
            of_no_use[name] = f"dates, of which {wrong[0]!r} cannot be read"
            continue
        training = times[rows].drop_nulls()
        if training.n_unique() < 2:
            of_no_use[name] = "one value only" if len(training) else "nothing in it"
            continue
        start = str(training.sort().to_numpy()[0])
        parts = _parts(training, np.datetime64(start))
        dates = DateColumn(name, order, start, tuple(part for part in PARTS if parts[part].n_unique() > 1))
        if taken := set(dates.features) & set(table.columns):
            raise DataError(f"{table.name}: {min(taken)!r} is a column and a part of the dates {name!r}: rename one")
        found.append(dates)
        remarks.append((f"dates become numbers ({', '.join(dates.parts)})", name))
        remarks.extend([("dates that read well with the month first, too; the day is taken first", name)] * doubt)
    return tuple(found), of_no_use, remarks


def with_parts(table: Table, dates: Sequence[DateColumn]) -> Table:
    """The table with each of these columns of dates replaced by its parts, in its place."""
    import polars as pl

    by_name = {column.name: column for column in dates}
    columns = [by_name[name].apply(table) if name in by_name else table.frame.select(name) for name in table.columns]
    return replace(table, frame=pl.concat(columns, how="horizontal")) if by_name else table


def read_dates(column: pl.Series, order: Order) -> pl.Series:
    """Datetime to the microsecond, as the clock on the wall showed it; null where a cell is missing or no date."""
    import polars as pl

    if column.dtype.is_temporal():
        return column.cast(pl.Datetime("us")) if column.dtype == pl.Date else column.dt.replace_time_zone(None)
    text = column.cast(pl.String)
    groups = pl.DataFrame(
        {
            "date": text.str.extract_groups(YEAR_FIRST if order == "year first" else YEAR_LAST),
            "time": text.str.extract_groups(TIME),
        }
    ).unnest("date", "time")
    year = pl.col("y").cast(pl.Int32)
    if order == "year first":
        month, day = pl.col("m"), pl.col("d").fill_null("1")
    else:
        day, month = (pl.col("a"), pl.col("b")) if order == "day first" else (pl.col("b"), pl.col("a"))
        year = pl.when(year >= 100).then(year).when(year >= CENTURY).then(year + 1900).otherwise(year + 2000)
    hour = pl.col("hour").fill_null("0").cast(pl.Int32)
    half = pl.col("half").str.to_lowercase()
    hour = pl.when(half == "pm").then(hour % 12 + 12).when(half == "am").then(hour % 12).otherwise(hour)
    written = pl.format(
        "{}-{}-{} {}:{}:{}",
        year.cast(pl.String).str.zfill(4),
        month.str.zfill(2),
        day.str.zfill(2),
        hour.cast(pl.String).str.zfill(2),
        pl.col("minute").fill_null("00"),
        pl.col("second").fill_null("00"),
    )
    return groups.select(written.str.to_datetime("%Y-%m-%d %H:%M:%S%.f", time_unit="us", strict=False)).to_series()


def _find_order(column: pl.Series) -> tuple[Order, bool]:
    """The order that reads every cell, and whether another would too."""
    import polars as pl

    if column.dtype.is_temporal():
        return "year first", False
    fitting: list[Order] = [order for order in ORDERS if read_dates(column, order).null_count() == column.null_count()]
    points = column.cast(pl.String).str.contains(r"^\d{1,2}\.").any()
    return (fitting or ["year first"])[0], len(fitting) > 1 and not points


ORDERS: tuple[Order, ...] = ("year first", "day first", "month first")


def _parts(times: pl.Series, start: np.datetime64) -> pl.DataFrame:
    """All parts of times, Float64."""
    import polars as pl

    time, seconds = pl.col("time"), 3600.0
    hour = time.dt.hour() + (time.dt.minute() * 60 + time.dt.second()) / seconds + time.dt.microsecond() / 3.6e9
    days = (time - pl.lit(start.astype("datetime64[us]").item())).dt.total_microseconds() / 8.64e10
    plain = {"year": time.dt.year(), "month": time.dt.month(), "day": time.dt.day(), "weekday": time.dt.weekday()}
    parts = {**plain, "hour": hour, "days": days}
    return times.alias("time").to_frame().select(**{name: part.cast(pl.Float64) for name, part in parts.items()})
