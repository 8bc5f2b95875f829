"""How far amounts, forecasts and reconstructions are off."""

from __future__ import annotations

from typing import Any

import numpy as np

from pellucid.report_page.charts.chart import Chart, Line, Mark
from pellucid.report_page.evidence import Evidence
from pellucid.report_page.html import Content, element
from pellucid.report_page.language import say

MOST_COLUMNS = 6


def residuals(evidence: Evidence) -> Content:
    """Of amounts the error of each test example by its true value; of forecasts the error by step."""
    task = evidence.run.task
    if task not in ("regression", "forecasting", "reconstruction") or (judged := evidence.judged("test")) is None:
        return None
    if task == "regression":
        found = judged[1].residuals()
        return _scatter(found) if found else None
    if task == "forecasting":
        return _by_step(evidence, np.asarray(judged[1].said), np.asarray(judged[1].target))
    return _spread(judged[1].losses)


def _scatter(found: dict[str, Any]) -> Content:
    charts = []
    columns = {found["column"]: found, **found.get("more", {})}
    for name, pair in list(columns.items())[:MOST_COLUMNS]:
        truth, said = (np.array(pair[part]) for part in ("target", "prediction"))
        lines = [Line(say("test examples"), truth, said - truth, 1, dots=True)]
        charts.append(
            Chart(
                name, say("true {name}", name=name), say("prediction − truth"), lines, [Mark(0.0, say("exact"), True)]
            ).html()
        )
    note = say("Each dot is a test example: above the dashed line the network says too much, below it too little.")
    return [element("div", charts, class_="charts"), element("p", note, class_="soft")]


def _by_step(evidence: Evidence, said: np.ndarray, truth: np.ndarray) -> Content:
    """Shapes: said and truth (B, H, K), as scaled."""
    if said.ndim != 3:
        return None
    off = np.sqrt(((said.astype(np.float64) - truth) ** 2).mean(axis=0))
    steps = np.arange(1, len(off) + 1)
    names = evidence.dataset.preprocessing.target.columns if evidence.dataset is not None else ()
    lines = [Line(names[k], steps, off[:, k], 1 + k % 8, k % 4) for k in range(min(off.shape[1], MOST_COLUMNS))]
    unit = say("root mean squared error, deviations")
    chart = Chart(say("How the error grows"), say("steps ahead"), unit, lines).html()
    note = say("In standard deviations of the training part: 1 is what its mean would have there.")
    return [element("div", chart, class_="charts"), element("p", note, class_="soft")]


def _spread(losses: np.ndarray) -> Content:
    """How many examples have which error."""
    good = losses[np.isfinite(losses)]
    if len(good) < 2:
        return None
    order = np.sort(good)
    share = np.arange(1, len(order) + 1) / len(order)
    kept = np.unique(np.linspace(0, len(order) - 1, min(len(order), 200)).astype(int))
    chart = Chart(
        say("Errors of the test examples"),
        say("loss of an example"),
        say("share with no more"),
        [Line(say("share with no more"), order[kept], share[kept])],
    )
    return element("div", chart.html(), class_="charts")
