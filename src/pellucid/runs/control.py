"""``control.jsonl``: requests to a training that runs, written by whoever asks and read by the training."""

from __future__ import annotations

import contextlib
import time
import uuid
from collections.abc import Iterable, Iterator
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


MOST_REFUSED = 100
"""So many refusals a training tells of; a file that holds something else has no end of them."""


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
    _refused: int = 0
    _unreadable: bool = False

    def skip_old(self, made: Iterable[str]) -> None:
        """Begin as a training that goes on: leave out what is ``made``, and what was for the process that ended."""
        self.made.update(made)
        with contextlib.suppress(OSError):  # which ``new`` tells of
            for record, end in read_records(self.folder / CONTROL):
                self._old = end
                if record is not None and record.get("command") in FOR_THE_PROCESS:
                    self.made.add(str(record.get("id")))

    def new(self) -> list[Change | RefusedRequest]:
        """What has been asked since the last call; after MOST_REFUSED requests that cannot be, no more of those."""
        asked = []
        for one in self._new():
            refused = isinstance(one, RefusedRequest)
            self._refused += refused
            if self._refused == MOST_REFUSED and refused:
                one = RefusedRequest(f"{MOST_REFUSED} requests cannot be: of others like them no more is said")
            if not refused or self._refused <= MOST_REFUSED:
                asked.append(one)
        return asked

    def _new(self) -> Iterator[Change | RefusedRequest]:
        path = self.folder / CONTROL
        try:
            if self._unreadable or path.stat().st_size <= self._read:
                return
            for record, end in read_records(path, self._read):
                self._read = end
                name = None if record is None else record.get("id")
                if record is None or not isinstance(name, str):
                    if self._read > self._old:
                        yield RefusedRequest(f"{CONTROL} has a line that is no request")
                elif name not in self.made:
                    self.made.add(name)
                    yield _change(record, name)
        except FileNotFoundError:
            return
        except OSError as error:
            self._unreadable = True
            yield RefusedRequest(f"{CONTROL} cannot be read ({error.strerror}): requests are no longer read")


def _change(record: dict[str, Any], request: str) -> Change | RefusedRequest:
    try:
        return Change(record.get("command", ""), record.get("value"), request=request, reason="asked")
    except (ConfigError, TypeError) as error:
        return RefusedRequest(str(error)[:500], request)
