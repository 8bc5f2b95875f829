"""``control.jsonl``: requests to a training that runs, written by whoever asks and read by the training."""

from __future__ import annotations

import contextlib
import time
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pellucid.errors import ConfigError
from pellucid.runs.growing import append_record, read_records
from pellucid.runs.layout import CONTROL
from pellucid.train.changes import REMARKS, Change, RefusedRequest

TOO_LATE = "{command} was asked of a training that ended before it read that: ask again"

MOST_REFUSED = 100
"""So many refusals a training tells of; a file that holds something else has no end of them."""


def add_request(folder: Path, change: Change) -> str:
    """Add a request to ``control.jsonl``; its id, by which its event can be known. See ``ask``."""
    request: dict[str, Any] = {"id": uuid.uuid4().hex, "time": round(time.time(), 3), "command": change.command}
    if change.value is not None:
        request["value"] = change.value
    append_record(folder / CONTROL, request)
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
        """Begin as a training that goes on: leave out what is ``made``, refuse what was for the one that ended."""
        self.made.update(made)
        with contextlib.suppress(OSError):  # which ``new`` tells of
            for _, end in read_records(self.folder / CONTROL):
                self._old = end

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
                    yield self._change(record, name)
        except FileNotFoundError:
            return
        except OSError as error:
            self._unreadable = True
            yield RefusedRequest(f"{CONTROL} cannot be read ({error.strerror}): requests are no longer read")

    def _change(self, record: dict[str, Any], request: str) -> Change | RefusedRequest:
        try:
            change = Change(record.get("command", ""), record.get("value"), request=request, reason="asked")
        except (ConfigError, TypeError) as error:
            return RefusedRequest(str(error)[:500], request)
        if self._read <= self._old and change.command not in REMARKS:
            return RefusedRequest(TOO_LATE.format(command=change.command), request)
        return change
