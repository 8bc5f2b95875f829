"""The measures of each part, with intervals."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from pellucid.data.base.splits import PARTS
from pellucid.jobs.results import Results
from pellucid.report.intervals import Interval, bootstrap, wilson
from pellucid.report.mistakes import Judged
from pellucid.report_page.evidence import Evidence
from pellucid.report_page.html import Content, element, table
from pellucid.report_page.language import say, sentence
from pellucid.report_page.numbers import interval, measure, words
from pellucid.report_page.parts import part_names

BIASED = frozenset({"calibration_error"})
"""Measures whose value on drawn examples is greater than on all of them: a bootstrap would mislead."""


def results(evidence: Evidence) -> Content:
    """A row for each measure, a column for each part."""
    parts = {part: told for part in PARTS if isinstance(told := evidence.result.get(part), dict)}
    if not parts:
        return None
    intervals = {part: intervals_of(evidence, part) for part in parts}
    names = list(dict.fromkeys(name for told in parts.values() for name in told))
    names = [*(name for name in names if name != "loss"), *(name for name in names if name == "loss")]
    rows = [
        [words(name), *(_cell(name, told.get(name), intervals[part].get(name)) for part, told in parts.items())]
        for name in names
    ]
    shown = part_names()
    return [
        table([say("measure"), *(shown[part] for part in parts)], rows, "figures"),
        element("p", say(HOW), class_="soft"),
    ]


HOW = sentence(
    "Below a figure: where it would lie, with 95 % certainty, on endlessly many examples of this kind. Of accuracy the "
    "interval is Wilson's, of all else it comes from a bootstrap of the examples. The training part was learnt from, "
    "and the validation part may have been used to choose the epoch: only the test part says how good the network is."
)


def _cell(name: str, value: Any, found: Interval | None) -> Content:
    if not isinstance(value, (int, float)) or not math.isfinite(value):
        return "–"
    return [measure(name, value), element("small", interval(name, *found)) if found else None]


def intervals_of(evidence: Evidence, part: str) -> dict[str, Interval]:
    """The interval of each measure of a part that has one."""
    if part not in evidence.intervals:
        evidence.intervals[part] = _intervals(evidence, part)
    return evidence.intervals[part]


def _intervals(evidence: Evidence, part: str) -> dict[str, Interval]:
    told = evidence.result.get(part) or {}
    known = {name: float(value) for name, value in told.items() if isinstance(value, (int, float))}
    found: dict[str, Interval] = {}
    rows, is_classes = evidence.run.rows.get(part, 0), evidence.run.task == "classification"
    if is_classes and rows and "accuracy" in known:
        found["accuracy"] = wilson(known["accuracy"] * rows, rows)
    judged, measured = evidence.judged(part), evidence.results
    if judged is None or measured is None:
        return found
    whole = len(getattr(evidence.dataset, part))
    losses, count = judged[1].losses, len(judged[0])
    reached = bootstrap(
        lambda drawn: {"loss": float(losses[drawn].mean())}, count, whole, evidence.deadline.share(0.05)
    )
    if not is_classes or part == "test":  # the figures of all classes take long to draw
        measure_drawn = _measure(measured, evidence, part, judged)
        measure_drawn(np.arange(count))  # what it imports is not of the time for drawing
        reached |= bootstrap(measure_drawn, count, whole, evidence.deadline.share(0.2 if part == "test" else 0.1))
    if count > 1 and set(known) - set(reached) - set(found) - BIASED and (part == "test" or not is_classes):
        why = say("some intervals of the {part} part: the time was too short for a bootstrap", part=part_names()[part])
        evidence.left_out.append(why)
    for name, (low, high) in reached.items():
        if name in known and name not in found and name not in BIASED:
            found[name] = (known[name] + low, known[name] + high)
    return found


def _measure(results: Results, evidence: Evidence, part: str, judged: tuple[np.ndarray, Judged]) -> Any:
    """The measures of drawn examples."""
    rows, found = judged
    whole = getattr(evidence.dataset, part).take(rows)
    return lambda drawn: results.measured(whole.take(drawn), found.outputs[drawn])
