"""The bytes of a file, or of standard input, unpacked."""

from __future__ import annotations

import errno
import stat
import sys
from functools import lru_cache
from pathlib import Path
from typing import IO

from pellucid.data.files.compressed import unpack
from pellucid.errors import DataError

STANDARD_INPUT = "-"
"""What stands for standard input where the name of a file is wanted."""

PIPES = ("/dev/stdin", "/dev/fd/")
"""Where a pipe is read from that another program fills: ``zcat table.csv.gz | ...``, ``<(zcat table.csv.gz)``."""


def file_name(path: Path) -> str:
    """What messages call it."""
    return "standard input" if str(path) == STANDARD_INPUT else path.name


def read_file(path: Path) -> tuple[bytes, tuple[str, ...]]:
    """What is in the file, unpacked where it is compressed, and a note that says so; ``-`` is standard input.

    Raises DataError for what is not there, cannot be read, may never end, is empty, or is corrupt.
    """
    try:
        data = _standard_input(sys.stdin.buffer) if str(path) == STANDARD_INPUT else _read(path)
    except FileNotFoundError:
        raise DataError(f"no such file: {path}") from None
    except IsADirectoryError:
        raise DataError(f"{path} is a folder, not a file: name a CSV, TSV or Parquet file in it") from None
    except (OSError, ValueError) as error:
        reason = "it is a loop of links" if getattr(error, "errno", None) == errno.ELOOP else error
        raise DataError(f"{path} cannot be read: {reason}") from error
    data, notes = unpack(data, file_name(path))
    if not data.strip():
        raise DataError(f"{path} is empty: a table needs columns and rows")
    return data, notes


@lru_cache(maxsize=1)
def _standard_input(stream: IO[bytes]) -> bytes:
    """All of it, kept: it can be read only once, and several kinds of data look at it."""
    if stream.isatty():
        raise OSError("nothing is piped into standard input; pipe a table into it, or name a file")
    return stream.read()


def _read(path: Path) -> bytes:
    """Raises OSError for what may never end: a device, a named pipe that nobody writes to."""
    mode = path.stat().st_mode
    piped = stat.S_ISFIFO(mode) and str(path).startswith(PIPES)
    if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode) or piped):
        raise OSError("it is a device, a named pipe or a socket; save what it gives to a file first")
    return path.read_bytes()
