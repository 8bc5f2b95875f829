"""Cells of a sheet that Excel shows as dates, times of day, or lengths of time: all are a number of days to it."""

from __future__ import annotations

import re
from typing import Any

import numpy as np

DATE = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)?")
"""How the reader writes any of them."""

MIDNIGHT = " 00:00:00"

LONGEST = 1500.0
"""Of lengths of time some have fewer days; as a date this is in 1904."""


def write_times(book: Any, sheet: str, rows: list[list[str]]) -> tuple[str, ...]:
    """Write dates without a time of day where no row has one, times of day as hours, lengths of time as seconds.

    Args:
        book: the workbook, as fastexcel opens it.
        sheet: the name of one of its sheets.
        rows: its cells as texts, which are changed.

    Returns:
        Notes on columns that are no dates.
    """
    columns = [i for i in range(len(rows[0])) if any(DATE.fullmatch(row[i]) for row in rows)] if rows else []
    days = _days(book, sheet, columns) if columns else {}
    clocks, lengths = list[str](), list[str]()
    for i, amounts in days.items():
        there = [int(row) for row in np.flatnonzero(~np.isnan(amounts))]
        if not there:
            continue
        are_clocks = bool((amounts[there] < 1).all())
        if not are_clocks and not _are_lengths(book, sheet, i, amounts[there]):
            if all(rows[row][i].endswith(MIDNIGHT) for row in there):
                _write(rows, i, {row: rows[row][i].removesuffix(MIDNIGHT) for row in there})
            continue
        (clocks if are_clocks else lengths).append(_name(rows, i))
        _write(rows, i, {row: f"{amounts[row] * (24 if are_clocks else 86_400):.10g}" for row in there})
    notes = (f"lengths of time are read as seconds: {', '.join(lengths)}",) if lengths else ()
    return (*notes, *((f"times of day are read as hours: {', '.join(clocks)}",) if clocks else ()))


def _days(book: Any, sheet: str, columns: list[int]) -> dict[int, np.ndarray]:
    """The days that the cells of columns stand for, float64, (rows,); NaN for those of another kind."""
    import polars as pl

    kinds = dict.fromkeys(columns, "duration")
    frame = book.load_sheet(sheet, header_row=None, skip_rows=0, use_columns=columns, dtypes=kinds).to_polars()
    days = frame.select(pl.all().dt.total_milliseconds() / 86_400_000.0).fill_null(float("nan"))
    return {i: column.to_numpy() for i, column in zip(columns, days, strict=True)}


def _are_lengths(book: Any, sheet: str, column: int, days: np.ndarray) -> bool:
    """Whether the cells of a column, some of a day and longer, are shown as lengths of time and not as dates."""
    import fastexcel
    import polars as pl

    if days.min() >= LONGEST:
        return False
    try:
        loaded = book.load_sheet(sheet, header_row=None, skip_rows=1, use_columns=[column]).to_polars()
    except fastexcel.UnsupportedColumnTypeCombinationError:
        return True  # lengths of time and texts: dates and texts are no error
    return isinstance(loaded.dtypes[0], pl.Duration)


def _name(rows: list[list[str]], column: int) -> str:
    first = next(row for row in rows if any(row))[column]
    return f"column {column + 1}" if DATE.fullmatch(first) or not first else first


def _write(rows: list[list[str]], column: int, cells: dict[int, str]) -> None:
    for row, cell in cells.items():
        rows[row][column] = cell
