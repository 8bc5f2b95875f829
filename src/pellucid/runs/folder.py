"""The listener that keeps a training in its folder, as it goes."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pellucid.data import Preparation
from pellucid.errors import ConfigError
from pellucid.runs.checkpoint import write_checkpoint, write_weights
from pellucid.runs.description import write_description
from pellucid.runs.history import Epoch, append_history
from pellucid.runs.layout import DESCRIPTION
from pellucid.runs.preparation import write_preparation
from pellucid.train.listener import Listener, Snapshot

SECONDS_BETWEEN_WRITES = 2.0
"""How long epochs are gathered before they are written, so that short epochs do not wait for the disk."""


@dataclass
class RunFolder(Listener):
    """Writes a run as it goes. Every file is either the old one or the new one, whole, whenever the process ends.

    ``description`` is what ``run.json`` says beside what ``fit`` adds; ``preparation`` is kept with the run where it is
    known. With ``resume`` the run in the folder goes on; without it, a folder that holds a run is refused.
    """

    path: Path
    description: dict[str, Any]
    preparation: Preparation | None = None
    resume: bool = False
    _unwritten: list[Epoch] = field(default_factory=list)
    _snapshot: Snapshot | None = None
    _written: float = 0.0

    def describe(self, **more: Any) -> None:
        """Add to the description and write it."""
        self.description.update(more)
        write_description(self.path, self.description)

    def started(self, epochs: int, examples: int, batch_size: int, engine: str, snapshot: Snapshot) -> None:
        self.path.mkdir(parents=True, exist_ok=True)
        self._claim()
        if self.preparation is not None:
            write_preparation(self.path, self.preparation)
        self.describe(status="running", engine=engine)
        self._snapshot = snapshot
        self._write()  # at once, so that even a run broken off in its first epoch can be used and gone on with

    def epoch_ended(self, record: dict[str, Any], steps: dict[str, Any], snapshot: Snapshot) -> None:
        self._unwritten.append((record, steps))
        self._snapshot = snapshot
        if time.monotonic() - self._written > SECONDS_BETWEEN_WRITES:
            self._write()

    def ended(self, stopped: str) -> None:
        self._write()
        self.describe(status=stopped or "failed")

    def _claim(self) -> None:
        """Create the description, so that no two trainings write to one folder, and none over another's run."""
        try:
            (self.path / DESCRIPTION).touch(exist_ok=self.resume)
        except FileExistsError:
            raise ConfigError(
                f"{self.path} holds a run already: go on with it (resume=True, --resume), or choose another folder"
            ) from None

    def _write(self) -> None:
        if self._snapshot is None:
            return
        steps = sum(len(steps["loss"]) for _, steps in self._unwritten)
        append_history(self.path, self._unwritten, self._snapshot.steps - steps + 1)
        write_checkpoint(self.path, self._snapshot)  # last: what is written beyond it is cut off when going on
        write_weights(self.path, self._snapshot.kept)
        self._unwritten.clear()
        self._written = time.monotonic()
