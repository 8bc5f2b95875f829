"""``control.jsonl``: requests to a training that runs, written by whoever asks and read by the training."""

from __future__ import annotations

import time
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pellucid.errors import ConfigError, RunError
from pellucid.files import append_whole, start_of_line, to_json
from pellucid.runs.growing import read_records
from pellucid.runs.layout import CONTROL, DESCRIPTION
from pellucid.train.changes import Change, RefusedRequest

FOR_THE_PROCESS = ("stop", "pause", "continue")
"""Commands that are of no use to a training that goes on later, in another process."""


def ask(folder: str | Path, command: str, value: float | str | None = None) -> str:
    """Ask the training that writes to ``folder`` for a change; the request's id, by which its event can be known.

    Raises ConfigError for a command or a value that cannot be (see ``Change``), RunError where no run is.
    """
    folder, change = Path(folder), Change(command, value)
    if not (folder / DESCRIPTION).exists():
        raise RunError(f"no run folder at {folder}: name the folder that 'pellucid train' printed")
    request: dict[str, Any] = {"id": uuid.uuid4().hex, "time": round(time.time(), 3), "command": command}
    if change.value is not None:
        request["value"] = change.value
    path = folder / CONTROL
    append_whole({path: f"{start_of_line(path)}{to_json(request)}\n"})
    return str(request["id"])


@dataclass
class Requests:
    """The requests to a run, each handed out once. ``made`` are the ids of those that its events tell of."""

    folder: Path
    made: set[str] = field(default_factory=set)
    _read: int = 0
    _old: int = 0

    def skip_old(self, made: Iterable[str]) -> None:
        """Begin as a training that goes on: leave out what is ``made``, and what was for the process that ended."""
        self.made.update(made)
        for record, end in read_records(self.folder / CONTROL):
            self._old = end
            if record is not None and record.get("command") in FOR_THE_PROCESS:
                self.made.add(str(record.get("id")))

    def new(self) -> list[Change | RefusedRequest]:
        """What has been asked since the last call."""
        path, asked = self.folder / CONTROL, list[Change | RefusedRequest]()
        try:
            if path.stat().st_size <= self._read:
                return asked
        except OSError:
            return asked
        for record, end in read_records(path, self._read):
            self._read = end
            name = None if record is None else record.get("id")
            if record is None or not isinstance(name, str):
                if self._read > self._old:
                    asked.append(RefusedRequest(f"{CONTROL} has a line that is no request"))
            elif name not in self.made:
                self.made.add(name)
                asked.append(_change(record, name))
        return asked


def _change(record: dict[str, Any], request: str) -> Change | RefusedRequest:
    try:
        return Change(record.get("command", ""), record.get("value"), request=request, reason="asked")
    except (ConfigError, TypeError) as error:
        return RefusedRequest(str(error)[:500], request)
