"""What the network takes for what: the confusion matrix, the figures of each class or label, calibration."""

from __future__ import annotations

from typing import Any

import numpy as np

from pellucid.data.base.targets import LabelsTarget
from pellucid.report.classification import class_figures
from pellucid.report.intervals import wilson
from pellucid.report_page.charts.bars import bar
from pellucid.report_page.charts.chart import Chart, Line
from pellucid.report_page.charts.matrix import matrix
from pellucid.report_page.charts.scale import Scale
from pellucid.report_page.evidence import Evidence
from pellucid.report_page.html import Content, Html, element, table
from pellucid.report_page.language import say
from pellucid.report_page.numbers import percent

LARGEST_MATRIX = 16
"""With more classes the pairs that are most often taken for each other are listed instead."""

MOST_PAIRS = 20
MOST_CLASSES = 40


def confusion(evidence: Evidence) -> Content:
    """The matrix of the test part, or its largest cells off the diagonal."""
    counts, names = _details(evidence).get("confusion"), _names(evidence)
    if not counts or len(names) != len(counts):
        return None
    if len(names) <= LARGEST_MATRIX:
        said = say(
            "A row for each true class, a column for what the network decided; shades and bars are shares of the row."
        )
        return [matrix(names, names, counts, say("true class ↓ taken for →")), element("p", said, class_="soft")]
    cells = np.array(counts)
    np.fill_diagonal(cells, 0)
    order = np.argsort(-cells, axis=None, kind="stable")[:MOST_PAIRS]
    pairs = [(int(i), int(j)) for i, j in zip(*np.unravel_index(order, cells.shape), strict=True) if cells[i, j]]
    rows = [[names[i], names[j], f"{cells[i, j]:,}", percent(cells[i, j] / max(1, sum(counts[i])))] for i, j in pairs]
    said = say("The most frequent mistakes among {count} classes.", count=len(names))
    head = [say("true class"), say("taken for"), say("times"), say("of its examples")]
    return [element("p", said), table(head, rows)] if rows else None


def classes(evidence: Evidence) -> Content:
    """Precision, recall and F1 of each class, or of each of several labels."""
    figures = _details(evidence).get("classes") or _labels(evidence)
    if not figures:
        return None
    order = (
        sorted(figures, key=lambda one: _sort_key(one.get("f1")))[:MOST_CLASSES]
        if len(figures) > MOST_CLASSES
        else figures
    )
    rows = [
        [
            str(one["class"]),
            *(_share(one.get(name)) for name in ("precision", "recall", "f1")),
            f"{one.get('support', 0):,}",
        ]
        for one in order
    ]
    said = say(
        "Precision: of the examples decided for the class, the share that is of it. Recall: of the class's examples, "
        "the share decided for it. F1 is their harmonic mean. On the test part."
    )
    if len(figures) > MOST_CLASSES:
        said += say(" The {count} of {all} classes with the lowest F1.", count=MOST_CLASSES, all=len(figures))
    return [
        table([say("class"), say("precision"), say("recall"), "F1", say("examples")], rows, "figures"),
        element("p", said, class_="soft"),
    ]


def calibration(evidence: Evidence) -> Content:
    """How sure the network was, and how often it was right."""
    ranges = _details(evidence).get("reliability")
    if not ranges:
        return None
    sure = np.array([entry["confidence"] for entry in ranges])
    right = np.array([entry["accuracy"] for entry in ranges])
    unit = Scale(0.0, 1.0, (0.0, 0.2, 0.4, 0.6, 0.8, 1.0))
    name = say("network")
    lines = [Line(name, sure, right, 1), Line(name, sure, right, 1, dots=True)]
    chart = Chart(
        say("How sure, and how often right"), say("probability of the decision"), say("share that is right"), lines,
        diagonal=True, square=True, x_scale=unit, y_scale=unit,
    )  # fmt: skip
    test = evidence.result.get("test") or {}
    off = test.get("calibration_error")
    said = say(
        "On the dashed line a probability of 0.8 is right in 8 of 10 cases; below it the network is too sure of itself."
    )
    if isinstance(off, (int, float)):
        said += say(" On average it is {count} points off (expected calibration error).", count=f"{100 * off:.1f}")
    return [
        element("div", chart.html(), _ranges(ranges), class_="beside"),
        element("p", said, class_="soft"),
    ]


def _ranges(ranges: list[dict[str, Any]]) -> Html:
    """The numbers of the chart, with the interval of each share."""
    rows = []
    for entry in ranges:
        count = int(entry["examples"])
        low, high = wilson(entry["accuracy"] * count, count)
        span = say("{low} to {high}", low=f"{entry['from']:.1f}", high=f"{entry['to']:.1f}")
        wide = say("{low} to {high}", low=f"{100 * low:.0f}", high=f"{100 * high:.0f} %")
        cell = [percent(entry["accuracy"]), element("small", wide)]
        rows.append([span, f"{count:,}", percent(entry["confidence"]), cell])
    return table([say("probability"), say("examples"), say("mean"), say("right (95 %, Wilson)")], rows, "figures")


def _details(evidence: Evidence) -> dict[str, Any]:
    details = evidence.result.get("details")
    return details if isinstance(details, dict) else {}


def _names(evidence: Evidence) -> list[str]:
    return [str(one["class"]) for one in _details(evidence).get("classes") or []]


def _labels(evidence: Evidence) -> list[dict[str, Any]]:
    """Of several labels the figures of each: how well its second value is told."""
    dataset = evidence.dataset
    if evidence.run.task != "multi-label" or dataset is None or (judged := evidence.judged("test")) is None:
        return []
    target, found = dataset.preprocessing.target, judged[1]
    if not isinstance(target, LabelsTarget) or evidence.trained is None:
        return []
    decided = (found.said > evidence.trained.loss.threshold).astype(int)
    truth = np.asarray(found.target).astype(int)
    return [
        {**class_figures(truth[:, k], decided[:, k], part.classes)[1], "class": f"{part.name} = {part.classes[1]}"}
        for k, part in enumerate(target.targets)
    ]


def _sort_key(f1: Any) -> float:
    return float(f1) if isinstance(f1, (int, float)) and f1 == f1 else 2.0


def _share(value: Any) -> Html | str:
    if not isinstance(value, (int, float)) or value != value:
        return "–"
    return element("div", bar(float(value)), element("span", f"{value:.3f}"), class_="with-bar")
