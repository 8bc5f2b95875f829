"""A file that another process writes, read as it grows: whole new lines, from where the last reading ended."""

from __future__ import annotations

import math
import time
from abc import ABC, abstractmethod
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from pellucid.own_files import open_own

CHUNK = 1 << 26
"""A line of more bytes than that is left out."""

PART = 1 << 19
"""About so many bytes are read at once, unless a line is longer: a part of a second's work."""

REMEMBERED = 256
"""So many bytes before the place of reading are compared, to see that the file is still the same."""


@dataclass(frozen=True)
class Growth:
    """``lines`` are whole lines that are new; ``restarted`` says that those read before are no longer in the file."""

    lines: bytes = b""
    restarted: bool = False


class GrowingFile:
    """Reads a file that grows by whole lines.

    A last line without its end is left for the next reading. Where the file was cut, replaced or removed, as a resumed
    training does, reading begins again at its start. A file that is not there, or cannot be read, has no lines.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.long_lines = 0
        self._offset = 0
        self._before = b""
        self._seen: tuple[int, ...] = ()

    def has_changed(self) -> bool:
        """Whether anything happened to the file since the last reading; a call takes microseconds."""
        return _look(self.path) != self._seen

    def read(self) -> Growth:
        """What is new, about PART bytes of it: call it until nothing is."""
        seen = _look(self.path)
        if seen == self._seen:
            return Growth()
        try:
            with open_own(self.path) as file:
                restarted = not self._goes_on(file)
                if restarted:
                    self._offset, self._before, self.long_lines = 0, b"", 0
                file.seek(self._offset)
                wanted = min(PART, CHUNK)
                data = file.read(wanted)
                if len(data) == wanted and b"\n" not in data:
                    data, wanted = data + file.read(CHUNK - wanted), CHUNK
        except OSError:
            restarted, data, wanted = self._offset > 0, b"", CHUNK
            self._offset, self._before = 0, b""
        lines = data[: data.rfind(b"\n") + 1]
        if not lines and len(data) == CHUNK:
            self.long_lines += 1
            self._go_on(data)
        else:
            self._go_on(lines)
        self._seen = seen if len(data) < wanted else ()
        return Growth(lines, restarted)

    def stump(self) -> bool:
        """Whether the file ends in the middle of a line, by its size at the last reading."""
        return bool(self._seen) and self._seen[0] > self._offset

    def _go_on(self, data: bytes) -> None:
        self._offset += len(data)
        self._before = (self._before + data[-REMEMBERED:])[-REMEMBERED:]

    def _goes_on(self, file: IO[bytes]) -> bool:
        """Whether the bytes before the place of reading are still those that were read."""
        if not self._offset:
            return True
        file.seek(self._offset - len(self._before))
        return file.read(len(self._before)) == self._before


class LineReader(ABC):
    """What reads a file as it grows, and counts the lines that cannot be read in ``bad_lines``."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.bad_lines = 0
        self.file = GrowingFile(path)

    def update(self, until: float = math.inf) -> bool:
        """Read what is new, or a part of it where ``time.monotonic()`` comes to ``until``: the next call goes on there.

        Returns whether what was read before is no longer there, so that reading began again.
        """
        restarted = False
        while self.file.has_changed():
            growth = self.file.read()
            if growth.restarted:
                restarted = True
                self.bad_lines = 0
                self._clear()
            if growth.lines:
                self._take(growth.lines)
            if time.monotonic() >= until:
                break
        return restarted

    def faults(self) -> str | None:
        """What could not be read, in words; None where nothing is wrong."""
        bad = self.bad_lines + self.file.long_lines
        if not bad:
            return None
        return f"{self.path.name}: {bad} {'line' if bad == 1 else 'lines'} cannot be read, the others are shown"

    @abstractmethod
    def _clear(self) -> None:
        """Forget all that was read."""

    @abstractmethod
    def _take(self, lines: bytes) -> None:
        """Read whole lines."""


def _look(path: Path) -> tuple[int, ...]:
    """Size, time of change and identity of a file, empty where there is none."""
    try:
        found = path.stat()
    except OSError:
        return ()
    return found.st_size, found.st_mtime_ns, found.st_ino
