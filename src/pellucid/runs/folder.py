"""The listener that keeps a training in its folder, as it goes."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pellucid.data import Preparation
from pellucid.runs.checkpoint import write_checkpoint, write_weights
from pellucid.runs.description import write_description
from pellucid.runs.history import Epoch, append_history, cut_history
from pellucid.runs.lock import FolderLock
from pellucid.runs.preparation import write_preparation
from pellucid.runs.unfinished import remove_unfinished, require_free
from pellucid.train.listener import Listener, Snapshot

SECONDS_BETWEEN_WRITES = 2.0
"""How long epochs are gathered before they are written, so that short epochs do not wait for the disk."""


@dataclass
class RunFolder(Listener):
    """Writes a run as it goes. Whenever the process ends, even by a kill, what was written can be gone on with.

    ``description`` is what ``run.json`` says beside what ``fit`` adds; ``preparation`` is kept with the run where it is
    known. With ``resume`` the run in the folder goes on; without it, a folder that holds a run is refused, as is one
    to which another training is writing.
    """

    path: Path
    description: dict[str, Any]
    preparation: Preparation | None = None
    resume: bool = False
    _unwritten: list[Epoch] = field(default_factory=list)
    _snapshot: Snapshot | None = None
    _written: float = 0.0
    _lock: FolderLock | None = None
    _keeps_lock: bool = False

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

    def started(self, epochs: int, examples: int, batch_size: int, engine: str, snapshot: Snapshot) -> None:
        self.path.mkdir(parents=True, exist_ok=True)
        self._lock = FolderLock(self.path)
        try:
            self._begin(engine, snapshot)
        except BaseException:
            self._lock.release()
            raise

    def epoch_ended(self, record: dict[str, Any], steps: dict[str, Any], snapshot: Snapshot) -> None:
        self._unwritten.append((record, steps))
        self._snapshot = snapshot
        if time.monotonic() - self._written > SECONDS_BETWEEN_WRITES:
            self._write()

    def ended(self, stopped: str) -> None:
        try:
            self._write()
            self.describe(status=stopped or "failed")
        finally:
            if not self._keeps_lock:
                self._release()

    def _release(self) -> None:
        if self._lock is not None:
            self._lock.release()

    def _begin(self, engine: str, snapshot: Snapshot) -> None:
        """Write all that goes on needs. The description comes first, and says whose the other files are."""
        if not self.resume:
            require_free(self.path)
        remove_unfinished(self.path, resume=self.resume)
        if self.resume:
            cut_history(self.path, snapshot)
        self.describe(status="running", engine=engine)
        if self.preparation is not None:
            write_preparation(self.path, self.preparation)
        self._snapshot = snapshot
        self._write()  # at once, so that even a run broken off in its first epoch can be used and gone on with

    def _write(self) -> None:
        if self._snapshot is None:
            return
        steps = sum(len(steps["loss"]) for _, steps in self._unwritten)
        append_history(self.path, self._unwritten, self._snapshot.steps - steps + 1)
        self._unwritten.clear()
        write_checkpoint(self.path, self._snapshot)  # what is written beyond it is cut off when going on
        write_weights(self.path, self._snapshot.kept)
        self._written = time.monotonic()
