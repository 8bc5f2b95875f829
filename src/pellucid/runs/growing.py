"""Files of a run that only grow: lines wait until they are written together, to all files or to none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from pellucid.files import append_whole, start_of_line, to_json
from pellucid.own_files import open_own
from pellucid.runs.json_object import parse_object

LONGEST = 1 << 24
"""Of a line that is longer, in bytes, the parts are no records."""


@dataclass
class GrowingFiles:
    """The growing files of a run folder. What waits is kept until it is written, even where a first try fails."""

    folder: Path
    _waiting: dict[str, str] = field(default_factory=dict)
    _columns: dict[str, list[str]] = field(default_factory=dict)

    def add(self, name: str, lines: str) -> None:
        """Let whole lines wait for ``flush``."""
        self._waiting[name] = self._waiting.get(name, "") + lines

    def add_record(self, name: str, record: Mapping[str, Any]) -> None:
        """Let a line of JSON wait."""
        self.add(name, to_json(dict(record)) + "\n")

    def add_rows(self, name: str, columns: Mapping[str, np.ndarray[Any, Any]]) -> None:
        """Let rows of a CSV file wait: numbers by column, the first of them whole. A file that has a header keeps it:
        what it has no column for is left out, and a column without numbers stays empty.
        """
        if name not in self._columns:
            self._columns[name] = _header(self.folder / name) or self._begin(name, columns)
        wanted = self._columns[name]
        first, *others = (columns.get(column) for column in wanted)
        if first is None or not len(first):
            return
        form = ",".join(["%d", *("%.6g" if values is not None else "" for values in others)]) + "\n"
        given = [values.tolist() for values in (first, *others) if values is not None]
        self.add(name, form * len(first) % tuple(number for row in zip(*given, strict=True) for number in row))

    def flush(self) -> None:
        """Write all that waits. Raises OSError, with nothing written, and all of it still waiting."""
        if self._waiting:
            append_whole({self.folder / name: lines for name, lines in self._waiting.items()})
            self._waiting.clear()

    def _begin(self, name: str, columns: Iterable[str]) -> list[str]:
        names = list(columns)
        self.add(name, ",".join(map(_plain, names)) + "\n")
        return names


def _plain(name: str) -> str:
    """The name of a column as CSV holds it without quotes."""
    return name.replace(",", ";").replace("\n", " ").replace("\r", " ").replace('"', "'")


def _header(path: Path) -> list[str]:
    """The columns of a CSV file; none where it is not there or empty."""
    try:
        with open_own(path) as file:
            first = file.readline().decode("utf-8", "replace")
            return first.rstrip("\n").split(",") if first else []
    except FileNotFoundError:
        return []


def append_record(path: Path, record: Mapping[str, Any]) -> None:
    """Add a line of JSON to a file that others may write to as well, also behind a line that a crash cut off.

    Raises OSError, with nothing written.
    """
    append_whole({path: f"{start_of_line(path)}{to_json(dict(record))}\n"})


def read_records(path: Path, start: int = 0) -> Iterator[tuple[dict[str, Any] | None, int]]:
    """The lines of a JSON lines file from byte ``start`` on, each with the byte behind it; None for what is no object.

    A last line without its end is left for later: it may still be growing. Raises OSError for what cannot be read.
    """
    try:
        with open_own(path) as file:
            file.seek(start)
            while line := file.readline(LONGEST):
                if not line.endswith(b"\n") and len(line) < LONGEST:
                    return
                start += len(line)
                yield parse_object(line), start
    except FileNotFoundError:
        return
