"""Files of a JSON object a line, read as they grow: events, requests, histograms."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pellucid.own_files import open_own
from pellucid.runs.follow import GrowingFile
from pellucid.runs.json_object import parse_object

TAIL = 1 << 22
"""The last object of a file is looked for in its last so many bytes."""

MOST_RECORDS = 100_000
"""Of a longer file the last so many records are kept."""


class Records:
    """The objects of a file, in order; a line that is none is counted in ``bad_lines`` and left out."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.items: list[dict[str, Any]] = []
        self.bad_lines = 0
        self.file = GrowingFile(path)

    def update(self) -> bool:
        """Read what is new. Whether records read before are no longer there, so that all was read again."""
        restarted = False
        while self.file.has_changed():
            growth = self.file.read()
            if growth.restarted:
                restarted = True
                self.items, self.bad_lines = [], 0
            for line in growth.lines.split(b"\n"):
                self._take(line)
        del self.items[:-MOST_RECORDS]
        return restarted

    def faults(self) -> str | None:
        """What could not be read, in words; None where nothing is wrong."""
        bad = self.bad_lines + self.file.long_lines
        if not bad:
            return None
        return f"{self.path.name}: {bad} {'line' if bad == 1 else 'lines'} cannot be read, the others are shown"

    def _take(self, line: bytes) -> None:
        record = parse_object(line)
        if record is not None:
            self.items.append(record)
        elif line.strip():
            self.bad_lines += 1


def read_records(path: Path) -> list[dict[str, Any]]:
    """All objects of a file, once."""
    records = Records(path)
    records.update()
    return records.items


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
