"""Files of a JSON object a line, read as they grow: events, requests, histograms."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pellucid.own_files import open_own
from pellucid.runs.follow import LineReader
from pellucid.runs.json_object import parse_object

TAIL = 1 << 22
"""The last object of a file is looked for in its last so many bytes."""

MOST_RECORDS = 100_000
"""Of a longer file the last so many records are kept."""


class Records(LineReader):
    """The objects of a file, in order; a line that is none is left out."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.items: list[dict[str, Any]] = []

    def _clear(self) -> None:
        self.items = []

    def _take(self, lines: bytes) -> None:
        for line in lines.split(b"\n"):
            record = parse_object(line)
            if record is not None:
                self.items.append(record)
            elif line.strip():
                self.bad_lines += 1
        del self.items[:-MOST_RECORDS]


def last_record(path: Path) -> dict[str, Any]:
    """The last object of a file, found from its end; empty where there is none."""
    try:
        with open_own(path) as file:
            for size in (1 << 16, TAIL):
                file.seek(max(0, path.stat().st_size - size))
                tail = file.read(size)
                for line in reversed(tail[: tail.rfind(b"\n") + 1].split(b"\n")):
                    if (record := parse_object(line)) is not None:
                        return record
    except OSError:
        pass
    return {}
