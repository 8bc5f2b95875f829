"""Parquet files, and files of Arrow (Feather)."""

from __future__ import annotations

import io
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import numpy as np

from pellucid.data.files.rows import Columns
from pellucid.errors import DataError

if TYPE_CHECKING:
    import polars as pl

MAGIC = {b"PAR1": ("Parquet", "read_parquet"), b"ARROW1": ("Arrow", "read_ipc")}
"""How the files begin, what they are, and what reads them."""

TWICE = re.compile(r"column with name ('.*') has more than one occurrence")
"""What the reader says of Parquet files with two columns of one name; it does not tell of Arrow files, and panics."""

TRIAL = "import io, sys, polars; getattr(polars, sys.argv[1])(io.BytesIO(sys.stdin.buffer.read()))"


def is_columnar(data: bytes) -> bool:
    """Whether bytes are a file of Parquet or Arrow."""
    return data.startswith(tuple(MAGIC))


def read_columnar(data: bytes, name: str) -> Columns:
    """The columns of a Parquet or Arrow file, the number of each row, and notes.

    A column of structs becomes one for each field, ``struct.field``; lengths of time become seconds, times of day
    hours. A corrupt file can end the process that reads it, so a process of its own reads it first.
    Raises DataError for a file that is corrupt or holds no rows.
    """
    what, read = next(form for magic, form in MAGIC.items() if data.startswith(magic))
    trial = subprocess.run([sys.executable, "-P", "-c", TRIAL, read], input=data, capture_output=True, check=False)
    if trial.returncode:
        raise DataError(_what_is_wrong(trial, name, what))
    import polars as pl

    frame: pl.DataFrame = getattr(pl, read)(io.BytesIO(data))
    if frame.is_empty():
        raise DataError(f"{name} holds {frame.width} columns, but no rows")
    frame = _without_structs(frame)
    frame, notes = _times_as_numbers(frame)
    return Columns(frame, np.arange(1, len(frame) + 1), notes)


def _what_is_wrong(trial: subprocess.CompletedProcess[bytes], name: str, what: str) -> str:
    """Why the reader ended: a name that two columns have, what it says itself, or a crash."""
    said = trial.stderr.decode(errors="replace").strip().splitlines()
    reason = said[-1].partition(": ")[2] if trial.returncode > 0 and said else "reading it ends in a crash"
    if twice := TWICE.fullmatch(reason):
        return f"{name}: two columns are both called {twice[1]}: rename one"
    if said and "PanicException" in said[-1]:
        reason = "it is corrupt, or two of its columns have one name"
    return f"{name} is not a readable {what} file: {reason}"


def _without_structs(frame: pl.DataFrame) -> pl.DataFrame:
    import polars as pl

    while nested := [column for column in frame if isinstance(column.dtype, pl.Struct) and column.dtype.fields]:
        for column in nested:
            fields = column.struct.rename_fields([f"{column.name}.{field}" for field in column.struct.fields])
            frame = frame.with_columns(fields).unnest(column.name)
    return frame


def _times_as_numbers(frame: pl.DataFrame) -> tuple[pl.DataFrame, tuple[str, ...]]:
    """Lengths of time in seconds, times of day in hours, and notes that say so."""
    import polars as pl

    lengths = [name for name, dtype in frame.schema.items() if isinstance(dtype, pl.Duration)]
    times = [name for name, dtype in frame.schema.items() if dtype == pl.Time]
    frame = frame.with_columns(pl.col(lengths).dt.total_nanoseconds() / 1e9, pl.col(times).cast(pl.Int64) / 3.6e12)
    notes = (f"lengths of time are read as seconds: {', '.join(lengths)}",) if lengths else ()
    return frame, (*notes, *((f"times of day are read as hours: {', '.join(times)}",) if times else ()))
