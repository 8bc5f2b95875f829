"""The recorder that keeps a training in its folder, as it goes."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from pellucid.data import Preparation
from pellucid.runs.checkpoint import write_checkpoint, write_weights
from pellucid.runs.control import Requests
from pellucid.runs.description import write_description
from pellucid.runs.events import KINDS, REPEATABLE, event_record, examined_record, read_events
from pellucid.runs.growing import GrowingFiles
from pellucid.runs.history import cut_history
from pellucid.runs.layout import EVENTS, HISTOGRAMS, LAYERS, METRICS, STEPS
from pellucid.runs.lock import FolderLock
from pellucid.runs.preparation import write_preparation
from pellucid.runs.unfinished import remove_unfinished, require_free
from pellucid.train.changes import REMARKS, Change, RefusedRequest
from pellucid.train.events import Ended, EpochDone, Event, Examined, Started, StepsDone
from pellucid.train.snapshot import Snapshot

SECONDS_BETWEEN_WRITES = 2.0
"""How long epochs are gathered before there is a checkpoint of them, so that short epochs do not wait for the disk."""
SECONDS_BETWEEN_LINES = 0.09
"""How long lines are gathered before they are written: whoever reads the folder sees a step within 0.2 seconds."""


@dataclass
class RunFolder:
    """Writes a run as it goes. Whenever the process ends, even by a kill, what was written can be gone on with.

    ``description`` is what ``run.json`` says beside what ``fit`` adds; ``preparation`` is kept with the run where it is
    known. With ``resume`` the run in the folder goes on; without it, a folder that holds a run is refused, as is one
    to which another training is writing.
    """

    path: Path
    description: dict[str, Any]
    preparation: Preparation | None = None
    resume: bool = False
    _snapshot: Snapshot | None = None
    _checkpointed: float = 0.0
    _flushed: float = 0.0
    _lock: FolderLock | None = None
    _keeps_lock: bool = False
    _known: set[tuple[Any, ...]] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._files, self._requests = GrowingFiles(self.path), Requests(self.path)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Within it the folder stays this training's own when the training ends, for what is written of it then."""
        self._keeps_lock = True
        try:
            yield
        finally:
            self._keeps_lock = False
            self._release()

    def describe(self, **more: Any) -> None:
        """Add to the description and write it."""
        self.description.update(more)
        write_description(self.path, self.description)

    def new_changes(self) -> Sequence[Change | RefusedRequest]:
        """What ``control.jsonl`` has asked for since the last call."""
        return self._requests.new()

    def record(self, event: Event) -> None:
        """Keep the event. Raises ConfigError where the folder cannot be begun with, OSError where it cannot be
        written; then nothing that was to be written is lost, and the next event tries again.
        """
        match event:
            case Started():
                self._start(event)
            case StepsDone():
                self._add_steps(event)
            case EpochDone():
                self._files.add_record(METRICS, event.record)
                self._snapshot = event.snapshot
                if time.monotonic() - self._checkpointed > SECONDS_BETWEEN_WRITES:
                    self._write()
            case Examined():
                self._files.add_record(HISTOGRAMS, examined_record(event))
            case Ended():
                self._end(event)
            case _ if type(event) in KINDS:
                self._add_event(event)
                self._flushed = 0.0  # at once: after a pause nothing may come for long
        if self._lock is not None and time.monotonic() - self._flushed > SECONDS_BETWEEN_LINES:
            self._flush()

    def _start(self, event: Started) -> None:
        self.path.mkdir(parents=True, exist_ok=True)
        self._lock = FolderLock(self.path)
        try:
            self._begin(event)
        except BaseException:
            self._release()
            raise

    def _begin(self, event: Started) -> None:
        """Write all that goes on needs. The description comes first, and says whose the other files are."""
        if not self.resume:
            require_free(self.path)
        remove_unfinished(self.path, resume=self.resume)
        self._files, self._requests = GrowingFiles(self.path), Requests(self.path)
        if self.resume:
            cut_history(self.path, event.snapshot)
            past = list(read_events(self.path))
            self._known = {_identity(record) for record in past}
            self._requests.skip_old(str(record["request"]) for record in past if "request" in record)
        self.describe(status="running", engine=event.engine)
        if self.preparation is not None:
            write_preparation(self.path, self.preparation)
        self._snapshot = event.snapshot
        self._add_event(event)
        self._write()  # at once, so that even a run broken off in its first epoch can be used and gone on with

    def _add_steps(self, event: StepsDone) -> None:
        numbers = event.numbers
        steps = range(event.step - len(event.sizes) + 1, event.step + 1)
        columns = {"step": np.array(steps), "learning_rate": numbers["learning_rate"], "loss": numbers["loss"]}
        if "correct" in numbers:
            columns["accuracy"] = numbers["correct"] / event.sizes
        self._files.add_rows(STEPS, columns)
        if event.layers:
            self._files.add_rows(LAYERS, event.layers)

    def _add_event(self, event: Event) -> None:
        """Keep it, unless it is a change that was kept before the run went on, and is made again at its step."""
        record = event_record(event)
        if _identity(record) not in self._known:
            self._files.add_record(EVENTS, record)

    def _end(self, event: Ended) -> None:
        if self._lock is None:
            return
        try:
            self._add_event(event)
            self._write()
            self.describe(status=event.stopped or "failed")
        finally:
            if not self._keeps_lock:
                self._release()

    def _write(self) -> None:
        self._flush()
        if self._snapshot is not None:
            write_checkpoint(self.path, self._snapshot)  # what is written beyond it is cut off when going on
            write_weights(self.path, self._snapshot.kept)
        self._checkpointed = time.monotonic()

    def _flush(self) -> None:
        self._files.flush()
        self._flushed = time.monotonic()

    def _release(self) -> None:
        if self._lock is not None:
            self._lock.release()
            self._lock = None


def _identity(record: dict[str, Any]) -> tuple[Any, ...]:
    """Equal for two records of one thing that was asked for or planned; of any other event by its moment."""
    if record.get("reason") in REPEATABLE or record["kind"] in REMARKS:
        return tuple(record.get(name) for name in ("kind", "step", "after", "text", "reason", "request"))
    return record.get("time"), record["kind"]
