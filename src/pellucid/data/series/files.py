"""A series: what some variables were at equal steps of time."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from pellucid.data.series.times import check_steps, times_of
from pellucid.data.tables.columns import as_numbers
from pellucid.data.tables.table import Table, read_table
from pellucid.errors import DataError, UnknownNameError

if TYPE_CHECKING:
    from typing import Self


@dataclass(frozen=True, eq=False)
class Series:
    """``values`` (T, V), float64, of V ``variables`` at the ``times`` (T,): dates, or numbers such as years.

    Every step is as long as the others, and no value is missing: ``read_series`` sees to it. ``time`` is the name of
    the column of times.
    """

    name: str
    times: np.ndarray
    values: np.ndarray
    variables: tuple[str, ...]
    time: str = "time"

    def __len__(self) -> int:
        return len(self.times)

    def __repr__(self) -> str:
        return f"Series({self.name!r}: {len(self)} times from {self.times[0]} to {self.times[-1]}, {self.variables})"

    def take(self, rows: slice) -> Self:
        """A part of it, later or earlier in time."""
        return type(self)(self.name, self.times[rows], self.values[rows], self.variables, self.time)


def read_series(path: str | os.PathLike[str], time: str, variables: Sequence[str] | None = None) -> Series:
    """The series in a CSV, TSV or Parquet file whose column ``time`` says when each row was.

    ``variables`` are the columns of numbers to take, all others if None. Times are dates, dates with a time of day,
    months ("1949-01"), or numbers.
    Raises DataError, naming line and time, for times that are missing, unordered or repeated, for a gap between them,
    and for values that are missing or no numbers; UnknownNameError for a column that is not there.
    """
    return series_of(read_table(path), time, variables)


def series_of(table: Table, time: str, variables: Sequence[str] | None = None) -> Series:
    """The series in a table; see ``read_series``."""
    chosen = tuple(name for name in table.columns if name != time) if variables is None else tuple(variables)
    for name in (time, *chosen):
        if name not in table.columns:
            raise UnknownNameError(f"column of {table.name}", name, table.columns)
    if not chosen or len(set(chosen)) < len(chosen) or time in chosen:
        raise DataError(f"{table.name}: a series needs variables that differ, beside its times {time!r}: not {chosen}")
    times = times_of(table, time)
    check_steps(table, time, times)
    return Series(table.name, times, np.stack([_complete_column(table, name) for name in chosen], axis=1), chosen, time)


def _complete_column(table: Table, name: str) -> np.ndarray:
    """The column as numbers. Raises DataError where one is missing."""
    values = as_numbers(table, name)
    missing = np.isnan(values)
    if missing.any():
        raise DataError(
            f"{table.at(int(missing.argmax()))}: {name!r} is missing ({missing.sum()} such): fill it in, for "
            "instance with the value before, or leave the column out"
        )
    return values
