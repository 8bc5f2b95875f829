"""Parquet files."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from pellucid.errors import DataError
from pellucid.files import printable

if TYPE_CHECKING:
    import polars as pl

MAGIC = b"PAR1"
"""How a Parquet file begins."""

TRIAL = "import sys, polars; polars.read_parquet(sys.argv[1])"


def read_parquet(path: Path) -> tuple[pl.DataFrame, np.ndarray, tuple[str, ...]]:
    """The columns of a Parquet file, the number of each row, and no notes.

    A corrupt file can end the process that reads it, so a process of its own reads it first.
    Raises DataError for a file that is corrupt or holds no rows.
    """
    if printable(str(path)) != str(path):
        raise DataError(f"{path}: the name of a Parquet file has to be UTF-8: rename it")
    trial = subprocess.run([sys.executable, "-P", "-c", TRIAL, path], capture_output=True, text=True, check=False)
    if trial.returncode:
        said = trial.stderr.strip().splitlines()
        reason = said[-1].partition(": ")[2] if trial.returncode > 0 and said else "reading it ends in a crash"
        raise DataError(f"{path} is not a readable Parquet file: {reason}")
    import polars as pl

    frame = pl.read_parquet(path)
    if frame.is_empty():
        raise DataError(f"{path.name} holds {frame.width} columns, but no rows")
    return frame, np.arange(1, len(frame) + 1), ()
