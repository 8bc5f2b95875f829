"""One training at a time in a folder: a lock of the operating system, which ends with its process however that ends."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
import time
from pathlib import Path

from pellucid.errors import ConfigError

UNSUPPORTED = frozenset({errno.EBADF, errno.EINVAL, errno.ENOLCK, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP})
"""What file systems without locks say, as some network drives; there a folder goes without one."""

TRIES = 4
SECONDS_BETWEEN_TRIES = 0.02
"""One who looks whether a folder is locked holds the lock for some microseconds."""


class FolderLock:
    """The right to write to a run folder, until ``release``. Raises ConfigError where another training has it.

    On POSIX the folder itself is locked, so that no file is left; Windows locks no folders, but a file in it.
    """

    def __init__(self, folder: Path) -> None:
        self._descriptor: int | None = _open(folder)
        try:
            _lock_patiently(self._descriptor)
        except OSError as error:
            if error.errno not in UNSUPPORTED:
                self.release()
                raise ConfigError(
                    f"another training is writing to {folder}: wait for its end, or choose another folder"
                ) from None

    def release(self) -> None:
        """Let others write. Again does nothing."""
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is not None:
            with contextlib.suppress(OSError):
                os.close(descriptor)


def is_locked(folder: Path) -> bool | None:
    """Whether a training has the right to write to the folder; None where that cannot be told.

    Where it is free it is held for a moment, together with others who look; a training that begins waits for that.
    """
    descriptor = None
    try:
        descriptor = _open(folder)
        _lock(descriptor, shared=True)
    except OSError as error:
        return None if descriptor is None or error.errno in UNSUPPORTED else True
    finally:
        if descriptor is not None:
            os.close(descriptor)
    return False


def _lock_patiently(descriptor: int) -> None:
    """Take the lock; once more for a moment where it is held, for that may be by one who only looked."""
    for _ in range(TRIES - 1):
        try:
            return _lock(descriptor)
        except OSError as error:
            if error.errno in UNSUPPORTED:
                raise
            time.sleep(SECONDS_BETWEEN_TRIES)
    return _lock(descriptor)


if sys.platform == "win32":
    import msvcrt

    def _open(folder: Path) -> int:
        return os.open(folder / ".lock", os.O_RDWR | os.O_CREAT | os.O_TEMPORARY)

    def _lock(descriptor: int, *, shared: bool = False) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _open(folder: Path) -> int:
        return os.open(folder, os.O_RDONLY)

    def _lock(descriptor: int, *, shared: bool = False) -> None:
        fcntl.flock(descriptor, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
