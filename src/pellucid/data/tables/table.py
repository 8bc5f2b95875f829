"""Tables: what a file of rows and columns holds, before anyone decides what a column means."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import numpy as np

from pellucid.data.files.date_patterns import check_dates
from pellucid.data.files.delimited import read_delimited
from pellucid.data.files.encoding import decode
from pellucid.data.files.excel import is_workbook, read_sheet
from pellucid.data.files.file_bytes import file_name, read_file
from pellucid.data.files.json_rows import is_json, read_json
from pellucid.data.files.missing import MISSING
from pellucid.data.files.parquet import is_columnar, read_columnar
from pellucid.data.files.rows import Columns, read_rows
from pellucid.data.messages import with_count
from pellucid.data.tables.number_formats import NumberFormat, find_formats
from pellucid.errors import DataError, UnknownNameError

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True, eq=False)
class Table:
    """Columns of cells as they were read; missing ones are null.

    What a column means (numbers, categories) is decided when preprocessing is fitted, not here. ``lines`` says where
    each row stands: the line of a text file, or the row of a Parquet file, both from 1; ``unit`` is "line" or "row".
    ``target`` names the column to predict, where there is one, or several, with commas between. ``formats`` says how
    the numbers of columns are written that are not plain, ``dates`` how dates are: "auto" by the rows, "day-first",
    "month-first", or a pattern such as ``%d/%m/%Y``. ``notes`` says what was decided in reading.
    """

    frame: pl.DataFrame
    name: str
    lines: np.ndarray
    unit: str = "row"
    target: str | None = None
    notes: tuple[str, ...] = ()
    formats: tuple[NumberFormat, ...] = ()
    dates: str = "auto"

    def __len__(self) -> int:
        return len(self.lines)

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of all columns, in order."""
        return tuple(self.frame.columns)

    @property
    def inputs(self) -> tuple[str, ...]:
        """The names of all columns but the targets."""
        return tuple(name for name in self.frame.columns if name not in self.targets)

    @property
    def targets(self) -> tuple[str, ...]:
        """The names of the columns to predict."""
        if self.target is None or self.target in self.columns:
            return () if self.target is None else (self.target,)
        return tuple(name.strip() for name in self.target.split(","))

    @property
    def missing(self) -> dict[str, int]:
        """How many cells of each column are empty."""
        return dict(self.frame.null_count().row(0, named=True))

    def with_target(self, target: str | None) -> Table:
        """The same table, in which ``target`` is predicted: a column, or several with commas between.

        Raises UnknownNameError where there is no such column, DataError for one that is named twice.
        """
        table = replace(self, target=target)
        for name in table.targets:
            if name not in self.columns:
                raise UnknownNameError(f"column of {self.name}", name, self.columns)
            if table.targets.count(name) > 1:
                raise DataError(f"{self.name}: the target {name!r} is named twice: leave one out")
        return table

    def without(self, columns: Sequence[str]) -> Table:
        """The table without these columns. Raises UnknownNameError for one that is not an input."""
        for name in columns:
            if name not in self.inputs:
                raise UnknownNameError(f"column of {self.name}", name, self.inputs)
        note = (f"left out (as requested): {', '.join(columns)}",) if columns else ()
        return replace(self, frame=self.frame.drop(columns), notes=(*self.notes, *note))

    def where(self, kept: np.ndarray, why: str) -> Table:
        """The rows for which ``kept`` is true, with a note on the others: how many, ``why``, and where the first is."""
        if kept.all():
            return self
        if not kept.any():
            raise DataError(f"{self.name}: there is no row left, for each {why}")
        first = self.at(int(kept.argmin())).removeprefix(f"{self.name}, ")
        note = f"left out: {with_count(int((~kept).sum()), 'row')} that {why}, the first is {first}"
        return replace(self, frame=self.frame.filter(kept), lines=self.lines[kept], notes=(*self.notes, note))

    def format_of(self, name: str) -> NumberFormat | None:
        """How the numbers of a column are written, where they are not plain."""
        return next((form for form in self.formats if form.name == name), None)

    def with_formats(self, formats: Sequence[NumberFormat]) -> Table:
        """The table whose columns are read as these ``formats`` say, all others as before."""
        told = {form.name for form in formats}
        return replace(self, formats=(*formats, *(form for form in self.formats if form.name not in told)))

    def with_dates(self, dates: str) -> Table:
        """The table whose dates are written as ``dates`` says. Raises ConfigError for what is no way to write them."""
        check_dates(dates)
        return replace(self, dates=dates)

    def at(self, row: int) -> str:
        """Where row ``row`` (from 0) stands, for messages: "prices.csv, line 7"."""
        return f"{self.name}, {self.unit} {self.lines[row]}"


def read_table(
    path: str | os.PathLike[str],
    target: str | None = None,
    *,
    header: bool | Literal["auto"] = "auto",
    missing: Sequence[str] = (),
    encoding: str | None = None,
) -> Table:
    """The table in a file of CSV, TSV, JSON, Excel, Parquet or Arrow, compressed or not, told by its content.

    Args:
        path: the file; ``-`` is standard input.
        target: the column to predict, or several with commas between; None leaves it open.
        header: whether the first line of a text file names the columns; "auto" finds out.
        missing: marks of a missing value beside the usual ones (``MISSING``); case and blanks around a cell do not
            count.
        encoding: that of a text file; None finds it out.

    Returns:
        The table; what a column means is not decided yet.

    Raises:
        DataError: for what cannot be read, with file and line.
        ConfigError: for a form whose reader is not installed.
        UnknownNameError: for a target that is not there.
    """
    try:
        path = Path(path)
    except TypeError:
        raise DataError(f"a table is read from the path of a file, not from {path!r}") from None
    data, notes = read_file(path)
    columns, unit = _read_columns(data, file_name(path), header, encoding)
    return table_of_cells(columns, file_name(path), missing, unit, notes).with_target(target)


def _read_columns(
    data: bytes, name: str, header: bool | Literal["auto"], encoding: str | None
) -> tuple[Columns, Literal["line", "row"]]:
    """The columns of a file of any form, told by its content, and what its rows are counted in."""
    if is_columnar(data):
        return read_columnar(data, name), "row"
    if is_workbook(data):
        records, notes = read_sheet(data, name)
        columns = read_rows(records, name, header, "row")
        return columns._replace(notes=(*notes, *columns.notes)), "row"
    if encoding is not None:
        data = decode(data, name, encoding).encode()
    if is_json(data):
        return read_json(data, name), "row" if data.lstrip()[:1] == b"[" else "line"
    return read_delimited(data, name, header), "line"


def table_of_cells(
    columns: Columns, name: str, missing: Sequence[str], unit: str = "row", notes: Sequence[str] = ()
) -> Table:
    """The table of these columns, blanks around cells gone, cells that mark a missing value null."""
    frame = clean_cells(columns.frame, [*MISSING, *(mark.strip().lower() for mark in missing)])
    formats, said = find_formats(frame, columns.decimal_comma)
    return Table(frame, name, columns.lines, unit, notes=(*notes, *columns.notes, *said), formats=formats)


def clean_cells(frame: pl.DataFrame, marks: list[str]) -> pl.DataFrame:
    """Blanks around the cells of text gone, cells that mark a missing value null; categories stay categories."""
    import polars as pl

    categories = [name for name, dtype in frame.schema.items() if dtype in (pl.Categorical, pl.Enum)]
    text = pl.col(pl.String)
    frame = frame.with_columns(pl.selectors.by_name(categories).cast(pl.String)).with_columns(text.str.strip_chars())
    frame = frame.with_columns(pl.when(text.str.to_lowercase().is_in(marks)).then(None).otherwise(text).name.keep())
    return frame.with_columns(pl.selectors.by_name(categories).cast(pl.Categorical))
