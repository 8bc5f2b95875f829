"""What takes seconds to find out about a run, one thing at a time for each run, and kept until its weights change."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from pellucid.derivation.of_run import explain_page, graph_of_run
from pellucid.jobs.inspection import Inspection, Shown
from pellucid.runs.description import read_description

T = TypeVar("T")

MOST_RUNS = 3
"""The data of so many runs are held in memory, those looked into last."""

MOST_ANSWERS = 64
"""So many answers are kept of each run."""


class _Held:
    """The inspection of one run with the answers it gave; ``lock`` is held while it works."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.inspection: Inspection | None = None
        self.answers: OrderedDict[tuple[Any, ...], Any] = OrderedDict()


class Inspections:
    """The inspections of runs by their path. Methods raise what ``Inspection`` does."""

    def __init__(self) -> None:
        self._held: OrderedDict[Path, _Held] = OrderedDict()
        self._graphs: dict[Path, tuple[Any, dict[str, Any]]] = {}
        self._lock = threading.Lock()

    def of(self, path: Path) -> Inspection:
        """The inspection of a run, of its weights as they are now."""
        held = self._hold(path)
        with held.lock:
            return _current(held, path)

    def examples(self, path: Path, *asked: Any) -> dict[str, Any]:
        """See ``Inspection.examples``."""
        return self._answer(path, ("examples", *asked), lambda run: run.examples(*asked))

    def outputs(self, path: Path, part: str, row: int, layer: str) -> Shown:
        """See ``Inspection.outputs``."""
        return self._answer(path, ("outputs", part, row, layer), lambda run: run.outputs(part, row, layer))

    def explain(self, path: Path, target: str | None, row: int) -> str:
        """The page that derives the gradient of a weight for a row of the test part; None: of that with the largest."""
        return self._answer(path, ("explain", target, row), lambda run: explain_page(run, target, row))

    def graph(self, path: Path) -> dict[str, Any]:
        """The graph of the run's network, which stays as long as its description does."""
        network = read_description(path).get("model")
        known = self._graphs.get(path)
        if known is None or known[0] != network:
            known = network, graph_of_run(path)
            self._graphs[path] = known
        return known[1]

    def _hold(self, path: Path) -> _Held:
        with self._lock:
            held = self._held.setdefault(path, _Held())
            self._held.move_to_end(path)
            while len(self._held) > MOST_RUNS:
                self._held.popitem(last=False)
            return held

    def _answer(self, path: Path, key: tuple[Any, ...], make: Callable[[Inspection], T]) -> T:
        held = self._hold(path)
        with held.lock:
            inspection = _current(held, path)
            if key not in held.answers:
                held.answers[key] = make(inspection)
                while len(held.answers) > MOST_ANSWERS:
                    held.answers.popitem(last=False)
            answer: T = held.answers[key]
            return answer


def _current(held: _Held, path: Path) -> Inspection:
    if held.inspection is None or not held.inspection.is_current():
        held.inspection = Inspection(path) if held.inspection is None else held.inspection.again()
        held.answers.clear()
    return held.inspection
