"""Files of a folder that others can write to, opened safely: regular files of that folder, and nothing it links to."""

from __future__ import annotations

import errno
import math
import os
import stat
from pathlib import Path
from typing import IO

FLAGS = {"rb": os.O_RDONLY, "ab": os.O_WRONLY | os.O_APPEND | os.O_CREAT}
SAFE = sum(getattr(os, name, 0) for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC", "O_BINARY"))
"""A link put in place after the look is not followed; a pipe, which has no end, does not hold up who opens it."""


def open_own(path: Path, mode: str = "rb") -> IO[bytes]:
    """Open a file to read ("rb") or to append to ("ab", without a buffer).

    Raises OSError as ``open`` does, and for a link that leads out of the file's folder and what is no regular file.
    """
    descriptor = os.open(_place(path), FLAGS[mode] | SAFE, 0o666)
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(errno.EINVAL, "it is no regular file", str(path))
        return os.fdopen(descriptor, mode, buffering=0 if mode == "ab" else -1)
    except BaseException:
        os.close(descriptor)
        raise


def read_own(path: Path, most: float = math.inf) -> bytes:
    """All of a file. Raises OSError as ``open_own`` does, and for one of more than ``most`` bytes."""
    with open_own(path) as file:
        if os.fstat(file.fileno()).st_size > most:
            raise OSError(errno.EFBIG, f"it has more than {most:,} bytes", str(path))
        return file.read()


def leads_out(path: Path) -> bool:
    """Whether a file is a link that leads out of its folder, or to no place at all."""
    place = Path(os.path.realpath(path))
    return place.is_symlink() or not place.is_relative_to(os.path.realpath(path.parent))


def _place(path: Path) -> str:
    if leads_out(path):
        raise OSError(errno.ELOOP, "it is a link that leads out of its folder: put the file itself there", str(path))
    return os.path.realpath(path)
