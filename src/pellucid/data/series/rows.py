"""Rows of a table as one series: sorted by time, a row for each time step, no value missing."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from pellucid.data.messages import with_count
from pellucid.data.series.columns import SeriesColumns
from pellucid.data.series.gaps import FILLING, check_order, check_steps, fill_cells, insert_missing, note_holidays
from pellucid.data.series.series import Series
from pellucid.data.series.steps import AnyStep
from pellucid.data.series.times import Times, in_order
from pellucid.data.series.variables import Variables
from pellucid.data.tables.table import Table
from pellucid.errors import DataError


class SeriesRows(NamedTuple):
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
        rows, times, notes = self._sort(rows)
        form = self.times.form_at(int(rows[-1]))
        rows, times, filled_rows = self._close_gaps(rows, times)
        values = np.where((rows >= 0)[:, None], self.variables.values[rows], np.nan)
        sources = zip(self.variables.names, self.variables.sources, strict=True)
        future = tuple(variable for variable, source in sources if source in self.columns.future)
        end = self._end(values, self.table.name if name is None else f"{self.table.name}, {name}")
        known = [self.variables.names.index(variable) for variable in future]
        left = f"rows at the end without {', '.join(self.targets)}: {len(rows) - end:,}, to be forecast"
        values, filled = self._complete(rows, values, end, known)
        ahead = values[end:, known]
        ahead = ahead[: int(np.append(np.isnan(ahead).any(axis=1), True).argmax())] if known else ahead
        return Series(
            self.table.name,
            times[:end],
            values[:end],
            self.variables.names,
            self.columns.time,
            self.step,
            form,
            name,
            self.targets,
            future,
            ahead,
            self.variables.categories,
            (*self.notes, *notes, *filled_rows, *((left,) if end < len(rows) else ()), *filled),
        )

    def _sort(self, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray, tuple[str, ...]]:
        """The rows from the earliest on, with their times. Raises DataError where they are in neither order."""
        times = self.times.values[rows]
        is_reversed = in_order(times) is not times
        if is_reversed:
            rows, times = rows[::-1], times[::-1]
        check_order(self.table, self.columns.time, rows, times, self.columns.id)
        return rows, times, ("the latest row comes first: taken from the earliest",) if is_reversed else ()

    def _close_gaps(self, rows: np.ndarray, times: np.ndarray) -> tuple[np.ndarray, np.ndarray, tuple[str, ...]]:
        """The rows with -1 at steps without one. Raises DataError for such steps where they must not be filled."""
        table, time, step, fill = self.table, self.columns.time, self.step, self.columns.fill
        if step is None:
            return rows, times, ()
        if fill is None:
            check_steps(table, time, rows, times, step)
            return rows, times, tuple(note_holidays(times, step))
        before = len(rows)
        rows, times = insert_missing(table, time, rows, times, step)
        inserted = with_count(len(rows) - before, "step")
        return rows, times, (f"gaps filled ({fill}): {inserted} without a row",) if len(rows) > before else ()

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
