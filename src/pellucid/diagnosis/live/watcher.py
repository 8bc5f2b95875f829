"""``Watcher``: a listener that looks for symptoms while a network trains."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pellucid.diagnosis.live.course import Course
from pellucid.diagnosis.live.symptoms import LIVE_SYMPTOMS, LiveSymptom, Sign
from pellucid.runs.growing import append_record
from pellucid.runs.layout import FINDINGS
from pellucid.train.events import Ended, EpochDone, Event

GONE = 3
"""A symptom is over when it was not seen in so many looks: many come and go from epoch to epoch."""
SHARE = 0.03
"""The part of the time that looking may take; looks that would be more are left out."""


class Watcher:
    """A listener for ``fit``: each symptom is told once, and when it is over.

    ``records`` has what was told, a dict each: "name", "path", "state" ("begun" or "over"), "epoch", "step", "level",
    "said", "numbers"; with a ``run`` folder they are also lines of its ``findings.jsonl``. It reads what the events
    tell, takes no random numbers and changes nothing, so that the training is the same to the bit.

    ``seconds`` is what it took so far.

    Args:
        run: the run folder, which ``fit`` makes; None for none.
        symptoms: functions of a ``Course`` that yield ``Sign`` values. Default: ``LIVE_SYMPTOMS``.
        tell: what is told each in a sentence, such as ``print``.
    """

    def __init__(
        self, run: str | Path | None = None, symptoms: Sequence[LiveSymptom] = LIVE_SYMPTOMS, tell: Any = None
    ) -> None:
        self.course, self.records = Course(), list[dict[str, Any]]()
        self._run = None if run is None else Path(run)
        self._symptoms, self._tell = symptoms, tell or (lambda message: None)
        self._missed: dict[tuple[str, str], int] = {}
        self._begun, self.seconds = time.perf_counter(), 0.0

    def __call__(self, event: Event) -> None:
        """Hear an event; look at the ends of epochs, and of the training."""
        begun = time.perf_counter()
        self.course.hear(event)
        ended = isinstance(event, Ended)
        if ended or (isinstance(event, EpochDone) and self.seconds <= SHARE * (begun - self._begun)):
            self._look(ended)
        self.seconds += time.perf_counter() - begun

    @property
    def open(self) -> tuple[tuple[str, str], ...]:
        """The symptoms that are not over, by name and path."""
        return tuple(self._missed)

    def _look(self, ended: bool) -> None:
        signs = {(sign.name, sign.path): sign for symptom in self._symptoms for sign in symptom(self.course)}
        for key, sign in signs.items():
            if key not in self._missed:
                self._record("begun", sign)
            self._missed[key] = 0
        for key in [key for key in self._missed if key not in signs]:
            self._missed[key] += 1
            if self._missed[key] >= GONE and not ended:
                del self._missed[key]
                self._record("over", Sign(key[0], f"not seen in the last {GONE} looks", key[1], "note"))

    def _record(self, state: str, sign: Sign) -> None:
        record = {
            "state": state,
            "name": sign.name,
            "path": sign.path,
            "epoch": self.course.epoch,
            "step": self.course.step,
            "level": sign.level,
            "said": sign.said,
            "numbers": {name: float(value) for name, value in sign.numbers.items()},
        }
        self.records.append(record)
        if self._run is not None:
            append_record(self._run / FINDINGS, record)
        where = f" ({sign.path})" if sign.path else ""
        self._tell(f"epoch {self.course.epoch}: {sign.name}{where} {'is over' if state == 'over' else sign.said}")
