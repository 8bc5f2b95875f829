"""Loss and score by epoch, with the batches behind them and the epoch whose weights were kept."""

from __future__ import annotations

import numpy as np

from pellucid.report_page.charts.chart import Chart, Line, Mark
from pellucid.report_page.charts.thinned import thin_out
from pellucid.report_page.evidence import Evidence
from pellucid.report_page.html import Content, element
from pellucid.report_page.language import say, sentence
from pellucid.report_page.numbers import SHARES, words

PARTS = {"train": (sentence("training"), 1, 0), "validation": (sentence("validation"), 2, 1)}
"""The name, colour and dashes of each part's line."""

LOG_FROM = 100.0
"""A loss whose greatest value is so many times its least is drawn on a log scale."""


def curves(evidence: Evidence) -> Content:
    """A chart of the loss, one of the score, and one of the learning rate where it changed."""
    epochs = evidence.table("epochs")
    if not epochs.rows:
        return element("p", say("No epoch was finished."))
    names = list(dict.fromkeys(name.partition("/")[2] for name in epochs.names if name.partition("/")[0] in PARTS))
    charts = [
        _of(evidence, name) for name in ["loss", *(name for name in names if name != "loss")][:3] if name in names
    ]
    if "learning_rate" in epochs.names and len(set(epochs["learning_rate"])) > 1:
        line = Line(say("learning rate"), epochs["epoch"], epochs["learning_rate"], 3)
        charts.append(Chart(say("Learning rate"), say("epoch"), say("learning rate"), [line]).html())
    return element("div", charts, class_="charts")


def _of(evidence: Evidence, name: str) -> Content:
    epochs = evidence.table("epochs")
    lines = [
        Line(say(text), epochs["epoch"], epochs[f"{part}/{name}"], colour, dash)
        for part, (text, colour, dash) in PARTS.items()
        if f"{part}/{name}" in epochs.names
    ]
    batches = _batches(evidence, name)
    lines = [*([batches] if batches else []), *lines]
    values = np.concatenate([line.y for line in lines])
    positive = values[np.isfinite(values)]
    log = name == "loss" and len(positive) > 0 and positive.min() > 0 and positive.max() > LOG_FROM * positive.min()
    best = evidence.result.get("best_epoch")
    marks = (
        [Mark(best, say("weights of epoch {epoch}", epoch=best))] if isinstance(best, int) and epochs.rows > 1 else []
    )
    said = words(name)
    unit = say("{measure}, share", measure=said) if name in SHARES else said
    return Chart(said[:1].upper() + said[1:], say("epoch"), unit, lines, marks, log=log).html()


def _batches(evidence: Evidence, name: str) -> Line | None:
    """What every batch had, at its place between two epochs."""
    steps, epochs = evidence.table("steps"), evidence.table("epochs")
    if name not in steps.names or steps.rows <= epochs.rows:
        return None
    begun = float(epochs["epoch"][0]) - 1
    an_epoch = float(steps["step"][-1]) / max(1.0, float(epochs["epoch"][-1]))
    x, y = thin_out(np.maximum(begun, steps["step"] / an_epoch), steps[name])
    return Line(say("each batch"), x, y, 1, behind=True)
