"""All that a report tells of: the run's files, its network, and its data where they can be had."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from pellucid.data import Dataset
from pellucid.errors import PellucidError, describe
from pellucid.jobs.inspection import Inspection
from pellucid.jobs.results import Results
from pellucid.report.intervals import Interval
from pellucid.report.mistakes import Judged
from pellucid.report_page.language import say
from pellucid.runs.layout import HISTOGRAMS
from pellucid.runs.reader import RunReader
from pellucid.runs.records import last_record
from pellucid.runs.summary import RunSummary
from pellucid.runs.tables import Columns
from pellucid.runtime.deadline import Deadline
from pellucid.train.trained import Trained


@dataclass
class Evidence:
    """A run and what is known of it. What cannot be read is None, and ``missing`` says why.

    ``deadline`` bounds the work that may be left out; ``left_out`` names what was. ``intervals`` are kept by part, once
    they were made.
    """

    path: Path
    deadline: Deadline
    given: Dataset | None = None
    missing: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    intervals: dict[str, dict[str, Interval]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.inspection = Inspection(self.path, self.given)
        self.run = self.inspection.run
        self._reader = RunReader(self.path)
        self._reader.update()
        self.missing += self._reader.faults()

    @cached_property
    def told(self) -> dict[str, Any]:
        """The summary of the run: status, settings, epochs, seconds."""
        summary = RunSummary(self.path.name, self.path)
        summary.update()
        return summary.value

    @cached_property
    def result(self) -> dict[str, Any]:
        """What ``pellucid train`` measured; empty where it did not get there.

        Of a run of ``fit``, which measures no part, what is measured now on data that were given.
        """
        if self.run.result is None and not self.run.settings and self.given is not None and self.results is not None:
            return {**self.results.parts(), "details": self.results.details()}
        return self.run.result or {}

    def table(self, name: str) -> Columns:
        """The table "epochs", "steps" or "layers"."""
        return self._reader.table(name).columns

    @cached_property
    def examination(self) -> dict[str, Any]:
        """The last line of ``histograms.jsonl``; empty where there is none."""
        return last_record(self.path / HISTOGRAMS)

    @cached_property
    def trained(self) -> Trained | None:
        """The network with its weights."""
        try:
            trained = self.inspection.run.trained
        except PellucidError as error:
            self.missing.append(describe(error))
            return None
        trained.engine = self.run.engine or trained.engine  # on which it has been compiled, or is the faster
        return trained

    @cached_property
    def dataset(self) -> Dataset | None:
        """The data that it was trained on."""
        if self.given is not None:
            return self.given
        if not self.run.settings:
            self.missing.append(
                say("fit made this run from arrays, which a run does not keep: nothing is shown of its data")
            )
            return None
        try:
            return self.inspection.data
        except (PellucidError, OSError) as error:
            why = describe(error) if isinstance(error, PellucidError) else error
            self.missing.append(say("its data: {why}", why=why))
            return None

    @cached_property
    def results(self) -> Results | None:
        """The measures of the network on its data."""
        if self.trained is None or self.dataset is None:
            return None
        return Results(self.trained, self.dataset)

    def judged(self, part: str) -> tuple[np.ndarray, Judged] | None:
        """Row numbers and what the network says of these examples; None without network, data or examples."""
        if self.trained is None or self.dataset is None or not len(getattr(self.dataset, part)):
            return None
        return self.inspection.judge(part)
