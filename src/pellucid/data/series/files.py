"""Series in the rows of a table."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from pellucid.data.messages import with_count
from pellucid.data.series.gaps import FILLING, Fill, check_order, check_steps, fill_cells, insert_missing, note_holidays
from pellucid.data.series.series import Series
from pellucid.data.series.step_search import count_misfits, find_step
from pellucid.data.series.steps import AnyStep
from pellucid.data.series.times import Times, in_order, read_times
from pellucid.data.series.variables import Variables, read_variables
from pellucid.data.tables.categories import Categories
from pellucid.data.tables.table import Table, read_table
from pellucid.errors import DataError, UnknownNameError


@dataclass(frozen=True)
class SeriesColumns:
    """Which columns of a table make series, and how they are read.

    ``time`` is the column of times, ``id`` the one that tells several series apart, ``targets`` and ``variables`` the
    columns to forecast and to see (None: all others), ``future`` those known ahead of time, ``categorical`` those of
    numbers that are names. ``dates`` and ``zone`` as ``read_times`` takes them; ``fill`` says how gaps are filled.
    """

    time: str
    id: str | None = None
    targets: tuple[str, ...] | None = None
    variables: tuple[str, ...] | None = None
    future: tuple[str, ...] = ()
    categorical: tuple[str, ...] = ()
    dates: str = "auto"
    zone: str | None = None
    fill: Fill | None = None

    def chosen(self, table: Table) -> tuple[str, ...]:
        """The columns to see. Raises UnknownNameError for one that is not there, DataError where none is left."""
        apart = [self.time, *([] if self.id is None else [self.id])]
        others = tuple(name for name in table.columns if name not in apart)
        named = others if self.variables is None else self.variables
        chosen = (*named, *(name for name in dict.fromkeys((*(self.targets or ()), *self.future)) if name not in named))
        for name in (*apart, *named, *self.future, *self.categorical):
            if name not in table.columns:
                raise UnknownNameError(f"column of {table.name}", name, table.columns)
        for name in self.targets or ():
            if name not in others:
                raise UnknownNameError(f"variable of {table.name}", name, others)
        if not chosen or len(set(chosen)) < len(chosen) or set(apart) & set(chosen):
            beside = " and ".join(map(repr, apart))
            raise DataError(f"{table.name}: a series needs variables that differ, beside {beside}: not {chosen}")
        return chosen


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
        _Rows(table, columns, variables, targets, times, found or step, tuple(notes)).series(rows, name)
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


class _Rows(NamedTuple):
    """What all series of a table share."""

    table: Table
    columns: SeriesColumns
    variables: Variables
    targets: tuple[str, ...]
    times: Times
    step: AnyStep | None
    notes: tuple[str, ...]

    def series(self, rows: np.ndarray, name: str | None) -> Series:
        """The series in these rows of the table."""
        table, columns, step = self.table, self.columns, self.step
        notes = list(self.notes)
        times = self.times.values[rows]
        if in_order(times) is not times:
            rows, times = rows[::-1], times[::-1]
            notes.append("the latest row comes first: taken from the earliest")
        check_order(table, columns.time, rows, times, columns.id)
        form = self.times.form_at(int(rows[-1]))
        if step is not None and columns.fill is not None:
            before = len(rows)
            rows, times = insert_missing(table, columns.time, rows, times, step)
            if len(rows) > before:
                notes.append(f"gaps filled ({columns.fill}): {with_count(len(rows) - before, 'step')} without a row")
        elif step is not None:
            check_steps(table, columns.time, rows, times, step)
            notes += note_holidays(times, step)
        values = np.where((rows >= 0)[:, None], self.variables.values[rows], np.nan)
        future = tuple(
            n for n, c in zip(self.variables.names, self.variables.sources, strict=True) if c in columns.future
        )
        end = self._end(values, table.name if name is None else f"{table.name}, {name}")
        known = [self.variables.names.index(variable) for variable in future]
        if end < len(rows):
            notes.append(f"rows at the end without {', '.join(self.targets)}: {len(rows) - end:,}, to be forecast")
        values, filled = self._complete(rows, values, end, known)
        notes += filled
        ahead = values[end:, known]
        ahead = ahead[: int(np.append(np.isnan(ahead).any(axis=1), True).argmax())] if known else ahead
        return Series(
            table.name,
            times[:end],
            values[:end],
            self.variables.names,
            columns.time,
            step,
            form,
            name,
            self.targets,
            future,
            ahead,
            self.variables.categories,
            tuple(notes),
        )

    def _end(self, values: np.ndarray, label: str) -> int:
        """The number of rows up to the last that has a target."""
        targets = values[:, [self.variables.names.index(name) for name in self.targets]]
        present = np.flatnonzero(~np.isnan(targets).all(axis=1))
        if not len(present):
            raise DataError(f"{label}: no row has a value of {', '.join(self.targets)}: fill in what is known")
        return int(present[-1]) + 1

    def _complete(
        self, rows: np.ndarray, values: np.ndarray, end: int, known: list[int]
    ) -> tuple[np.ndarray, tuple[str, ...]]:
        """The values filled in. Raises DataError where one is missing and must not be filled."""
        fill, names = self.columns.fill, self.variables.names
        missing = np.isnan(values)
        missing[end:] = False
        if fill is None:
            for j in np.flatnonzero(missing.any(axis=0)):
                row, name = int(rows[missing[:, j].argmax()]), self.variables.sources[j]
                raise DataError(
                    f"{self.table.at(row)}: {name!r} is missing ({missing[:, j].sum()} such): fill it in "
                    f"({FILLING}), or leave the column out"
                )
            return values, ()
        amounts = np.array([name in self.variables.amounts for name in names])
        filled = np.concatenate([fill_cells(values[:end], fill, amounts), values[end:]])
        filled[:, known] = fill_cells(values[:, known], fill, amounts[known])
        for j in np.flatnonzero(np.isnan(filled[:end]).all(axis=0)):
            raise DataError(
                f"{self.table.name}: {self.variables.sources[j]!r} has no value to fill gaps with: leave it out"
            )
        cells = missing & (rows >= 0)[:, None]
        by_column = {self.variables.sources[j]: int(cells[:, j].sum()) for j in np.flatnonzero(cells.any(axis=0))}
        said = ", ".join(f"{name} ({count})" for name, count in by_column.items())
        return filled, (f"missing values filled ({fill}): {said}",) if said else ()
