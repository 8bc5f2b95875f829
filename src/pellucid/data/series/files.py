"""Series in the rows of a table."""

from __future__ import annotations

import os
from collections.abc import Sequence

import numpy as np

from pellucid.data.series.columns import SeriesColumns
from pellucid.data.series.rows import SeriesRows
from pellucid.data.series.series import Series
from pellucid.data.series.step_search import count_misfits, find_step
from pellucid.data.series.steps import AnyStep
from pellucid.data.series.times import read_times
from pellucid.data.series.variables import Variables, read_variables
from pellucid.data.tables.categories import Categories
from pellucid.data.tables.table import Table, read_table
from pellucid.errors import DataError


def read_series(path: str | os.PathLike[str], time: str, variables: Sequence[str] | None = None) -> Series:
    """The series in a CSV, TSV or Parquet file whose column ``time`` says when each row was.

    ``variables`` are the columns to take, all others if None. Times are dates, dates with a time of day, months
    ("1949-01"), quarters, or numbers; ``all_series_of`` has more to choose.
    Raises DataError, naming line and time, for times that are missing, unordered or repeated, for a gap between them,
    and for values that are missing; UnknownNameError for a column that is not there.
    """
    return series_of(read_table(path), time, variables)


def series_of(table: Table, time: str, variables: Sequence[str] | None = None) -> Series:
    """The series in a table; see ``read_series``."""
    return all_series_of(table, SeriesColumns(time, variables=None if variables is None else tuple(variables)))[0]


def all_series_of(
    table: Table,
    columns: SeriesColumns,
    categories: Sequence[Categories] | None = None,
    step: AnyStep | None = None,
) -> list[Series]:
    """Every series in a table, in the order of their first rows; the notes of the first say what was done.

    Rows at the end without a value of any target are those to forecast: of them ``ahead`` has what is known.

    Args:
        table: any table.
        columns: what its columns are.
        categories: of an earlier table, which words are read by; None finds them.
        step: the step of an earlier table, taken where the times fit it as well as any.

    Returns:
        The series, at least one.

    Raises:
        DataError: naming line and time, for times that are missing, unordered, repeated or apart, unless ``fill`` says
            how to fill gaps, and for missing values; for a target that holds words.
        UnknownNameError: for a column that is not there.
        ConfigError: for ``dates`` and ``zone`` that cannot be.
    """
    chosen = columns.chosen(table)
    needed = (*(columns.targets or ()), *(columns.variables or ()), *columns.future)
    variables = read_variables(table, chosen, needed, columns.categorical, categories)
    targets = _targets(table, columns, variables)
    groups = _groups(table, columns.id)
    times = read_times(table, columns.time, columns.dates, columns.zone, list(groups.values()))
    longest = np.unique(times.values[max(groups.values(), key=len)])
    found = find_step(longest)
    if step is not None and found is not None and _fits_as_well(step, found, longest):
        found = step
    return [
        SeriesRows(table, columns, variables, targets, times, found or step, tuple(notes)).series(rows, name)
        for notes in [[*times.notes, *variables.notes]]
        for name, rows in groups.items()
    ]


def _fits_as_well(step: AnyStep, found: AnyStep, times: np.ndarray) -> bool:
    if (times.dtype.kind == "M") == hasattr(step, "size"):
        return False
    return int(step.irregular(times).sum()) <= count_misfits(found, times)


def _groups(table: Table, name: str | None) -> dict[str | None, np.ndarray]:
    """The rows of each series."""
    if name is None:
        return {None: np.arange(len(table))}
    import polars as pl

    column = table.frame[name].cast(pl.String)
    if column.null_count():
        row = int(column.is_null().arg_max() or 0)
        raise DataError(f"{table.at(row)}: {name!r}, which says whose row it is, is missing: fill it in")
    groups: dict[str | None, list[int]] = {}
    for row, whose in enumerate(column):
        groups.setdefault(whose, []).append(row)
    return {whose: np.array(rows) for whose, rows in groups.items()}


def _targets(table: Table, columns: SeriesColumns, variables: Variables) -> tuple[str, ...]:
    """The variables to forecast: those asked for, or all numbers not known ahead."""
    for name in columns.targets or ():
        if name not in variables.names:
            raise DataError(
                f"{table.name}: the target {name!r} holds words, and a forecast is of numbers: name another"
            )
        if name in columns.future:
            raise DataError(
                f"{table.name}: {name!r} is a target, and so not known ahead of time: leave it out of future"
            )
    found = columns.targets or tuple(name for name in variables.amounts if name not in columns.future)
    if not found:
        raise DataError(f"{table.name} has no column of numbers to forecast beside its times {columns.time!r}")
    return found
