"""The runs below a folder, kept up to date: which there are, what each is, and a reader for those looked at."""

from __future__ import annotations

import os
import threading
import time
from collections import OrderedDict
from pathlib import Path
from typing import Any

from pellucid.errors import RunError
from pellucid.runs.find_runs import find_runs, is_run, require_own_files
from pellucid.runs.reader import RunReader
from pellucid.runs.summary import RunSummary

MOST_READERS = 64
"""So many runs are held in memory, those looked at last."""

SECONDS_BETWEEN_LOOKS = 0.5
"""Two who ask within so short a time get the same answer."""


class RunCollection:
    """The run folders below ``folder``, which may itself be one. Safe to use from several threads."""

    def __init__(self, folder: str | Path) -> None:
        self.folder = Path(folder).resolve()
        self._summaries: dict[str, RunSummary] = {}
        self._readers: OrderedDict[str, RunReader] = OrderedDict()
        self._lock = threading.RLock()
        self._looked = float("-inf")

    @property
    def single(self) -> bool:
        """Whether the folder is itself a run."""
        return is_run(self.folder)

    def refresh(self, *, at_once: bool = False) -> None:
        """Look which runs there are, and bring their summaries up to date."""
        with self._lock:
            now = time.monotonic()
            if not at_once and now - self._looked < SECONDS_BETWEEN_LOOKS:
                return
            found = find_runs(self.folder)
            for name in [name for name in self._summaries if name not in found]:
                del self._summaries[name]
                self._readers.pop(name, None)
            for name, path in found.items():
                if name not in self._summaries:
                    self._summaries[name] = RunSummary(name, path)
                self._summaries[name].update()
            self._looked = time.monotonic()

    def summaries(self) -> list[dict[str, Any]]:
        """The summary of every run, as of the last refresh, in the order of their ids."""
        with self._lock:
            return [self._summaries[name].value for name in sorted(self._summaries)]

    def summary(self, name: str) -> dict[str, Any]:
        """The summary of one run, up to date. Raises RunError where there is no such run."""
        path = self.locate(name)
        with self._lock:
            known = self._summaries.setdefault(name, RunSummary(name, path))
            known.update()
            return known.value

    def locate(self, name: str) -> Path:
        """The folder of a run. Raises RunError for what is no run in the folder, wherever it would lead."""
        with self._lock:
            known = self._summaries.get(name) or self._readers.get(name)
            if known is not None and is_run(known.path):
                return known.path
            path = find_runs(self.folder).get(name)
            if path is None:
                self._summaries.pop(name, None)
                self._readers.pop(name, None)
        if path is None:
            raise RunError(f"there is no run {name!r} in {self.folder.name}: it was removed, or never there")
        return path

    def without_place(self, text: str) -> str:
        """A message about runs without the place of the folder: "iris-1/run.json" as it is in the folder."""
        place = self.folder.parent if self.single else self.folder
        return text.replace(f"{place}{os.sep}", "").replace(str(self.folder), self.folder.name)

    def reader(self, name: str) -> RunReader:
        """What reads the files of a run. Raises RunError where there is none, or a file of it leads elsewhere."""
        path = self.locate(name)
        with self._lock:
            if name not in self._readers:
                require_own_files(path)
                self._readers[name] = RunReader(path)
                while len(self._readers) > MOST_READERS:
                    self._readers.popitem(last=False)
            self._readers.move_to_end(name)
            return self._readers[name]
