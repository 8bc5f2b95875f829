"""Tables: what CSV, TSV and Parquet files hold, before anyone decides what a column means."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import numpy as np

from pellucid.data.files.delimited import read_delimited
from pellucid.data.files.encoding import decode
from pellucid.data.files.missing import MISSING
from pellucid.data.files.parquet import MAGIC, read_parquet
from pellucid.errors import DataError, UnknownNameError

if TYPE_CHECKING:
    import polars as pl

PIPES = ("/dev/stdin", "/dev/fd/")
"""Where a pipe is read from that another program fills: ``zcat table.csv.gz | ...``, ``<(zcat table.csv.gz)``."""


@dataclass(frozen=True, eq=False)
class Table:
    """Columns of cells as they were read; missing ones are null.

    What a column means (numbers, categories) is decided when preprocessing is fitted, not here. ``lines`` says where
    each row stands: the line of a text file, or the row of a Parquet file, both from 1; ``unit`` is "line" or "row".
    ``target`` names the column to predict, where there is one. ``notes`` says what was decided in reading.
    """

    frame: pl.DataFrame
    name: str
    lines: np.ndarray
    unit: str = "row"
    target: str | None = None
    notes: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.lines)

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of all columns, in order."""
        return tuple(self.frame.columns)

    @property
    def inputs(self) -> tuple[str, ...]:
        """The names of all columns but the target."""
        return tuple(name for name in self.frame.columns if name != self.target)

    def with_target(self, target: str | None) -> Table:
        """The same table, in which ``target`` is predicted. Raises UnknownNameError where there is no such column."""
        if target is not None and target not in self.columns:
            raise UnknownNameError(f"column of {self.name}", target, self.columns)
        return replace(self, target=target)

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
    """The table in a CSV, TSV or Parquet file (recognised by its content, not by its name).

    Args:
        path: the file.
        target: the column to predict; None leaves it open.
        header: whether the first line of a text file names the columns; "auto" finds out.
        missing: marks of a missing value beside the usual ones (``MISSING``); case and blanks around a cell do not
            count.
        encoding: that of a text file; None finds it out.

    Returns:
        The table; what a column means is not decided yet.

    Raises:
        DataError: for what cannot be read, with file and line.
        UnknownNameError: for a target that is not there.
    """
    try:
        path = Path(path)
    except TypeError:
        raise DataError(f"a table is read from the path of a file, not from {path!r}") from None
    data = _read(path)
    parquet = data.startswith(MAGIC)
    if parquet and not path.is_file():
        raise DataError(f"{path} is a pipe, but Parquet cannot be read from a pipe: save it to a file first")
    if encoding is not None and not parquet:
        data = decode(data, path.name, encoding).encode()
    frame, lines, notes = read_parquet(path) if parquet else read_delimited(data, path.name, header)
    marks = [*MISSING, *(mark.strip().lower() for mark in missing)]
    table = Table(clean_cells(frame, marks), path.name, lines, "row" if parquet else "line", notes=notes)
    return table.with_target(target)


def _read(path: Path) -> bytes:
    try:
        _refuse_endless(path)
        data = path.read_bytes()
    except FileNotFoundError:
        raise DataError(f"no such file: {path}") from None
    except IsADirectoryError:
        raise DataError(f"{path} is a folder, not a file: name a CSV, TSV or Parquet file in it") from None
    except (OSError, ValueError) as error:
        reason = "it is a loop of links" if getattr(error, "errno", None) == errno.ELOOP else error
        raise DataError(f"{path} cannot be read: {reason}") from error
    if not data.strip():
        raise DataError(f"{path} is empty: a table needs columns and rows")
    return data


def _refuse_endless(path: Path) -> None:
    """Raise OSError for what may never end: a device, a named pipe that nobody writes to."""
    mode = path.stat().st_mode
    piped = stat.S_ISFIFO(mode) and str(path).startswith(PIPES)
    if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode) or piped):
        raise OSError("it is a device, a named pipe or a socket; save what it gives to a file first")


def clean_cells(frame: pl.DataFrame, marks: list[str]) -> pl.DataFrame:
    """Blanks around the cells of text gone, cells that mark a missing value null; categories stay categories."""
    import polars as pl

    categories = [name for name, dtype in frame.schema.items() if dtype in (pl.Categorical, pl.Enum)]
    text = pl.col(pl.String)
    frame = frame.with_columns(pl.selectors.by_name(categories).cast(pl.String)).with_columns(text.str.strip_chars())
    frame = frame.with_columns(pl.when(text.str.to_lowercase().is_in(marks)).then(None).otherwise(text).name.keep())
    return frame.with_columns(pl.selectors.by_name(categories).cast(pl.Categorical))
