"""One run, read as it grows: its tables, its events, its histograms."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Iterable
from pathlib import Path

from pellucid.errors import RunError, UnknownNameError
from pellucid.runs.description import read_description
from pellucid.runs.layout import EVENTS, HISTOGRAMS, LAYERS, METRICS, STEPS
from pellucid.runs.records import Records
from pellucid.runs.tables import CsvTable, EpochTable, ExaminationTable, Table
from pellucid.train.batch import count_steps

USUAL = ("epochs", "steps", "layers")
"""The tables that are read unless others are named; that of examinations lies in a file many times as large."""


SECONDS_A_TURN, PAUSE = 0.1, 0.001
"""So long a reading holds up the others of a run, and so long they have to begin."""


class RunReader:
    """The files of a run that grow. ``lock`` is to be held while they are read; ``version`` counts new beginnings."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.lock = threading.RLock()
        self.version = 0
        self.tables: dict[str, Table] = {
            "epochs": EpochTable(path / METRICS, "epoch", steps_an_epoch(path)),
            "steps": CsvTable(path / STEPS, "step"),
            "layers": CsvTable(path / LAYERS, "step"),
            "examinations": ExaminationTable(path / HISTOGRAMS, "step"),
        }
        self.events = Records(path / EVENTS)
        self.histograms = Records(path / HISTOGRAMS)

    def has_changed(self, tables: Iterable[str] = USUAL) -> bool:
        """Whether a table or the events are different from what was read; a call takes microseconds."""
        return any(self.table(name).file.has_changed() for name in tables) or self.events.file.has_changed()

    def update(self, tables: Iterable[str] = USUAL, seconds: float = math.inf) -> bool:
        """Read what is new in the events and in these tables, for about so many seconds, a part of each at least.

        Returns whether that was all; else the next call goes on.
        """
        until = time.monotonic() + seconds
        with self.lock:
            self.version += self.events.update()
            for name in tables:
                self.version += self.table(name).update(until)
        return time.monotonic() < until

    def read_all(self, tables: Iterable[str] = USUAL) -> None:
        """Read all that is new, however long that takes: others that want the lock have their turns in between."""
        wanted = list(tables)
        while not self.update(wanted, SECONDS_A_TURN):
            time.sleep(PAUSE)

    def table(self, name: str) -> Table:
        """The table of that name, as it was read last. Raises UnknownNameError."""
        if name not in self.tables:
            raise UnknownNameError("table", name, list(self.tables))
        return self.tables[name]

    def faults(self) -> list[str]:
        """What in the files could not be read, in sentences."""
        said = [table.faults() for table in self.tables.values()]
        said += [self.events.faults(), self.histograms.faults()]
        return [line for line in said if line]


def steps_an_epoch(run: Path) -> int | None:
    """How many steps an epoch has, by the description of the run; None where it does not say."""
    try:
        told = read_description(run)
        examples, size = told["data"]["rows"]["train"], told["batch_size"]
        return count_steps(examples, size) if min(examples, size) > 0 else None
    except (RunError, LookupError, TypeError):
        return None
