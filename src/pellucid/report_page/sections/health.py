"""The layers of the network, and what the probes saw of each."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

import numpy as np

from pellucid.report.layer_table import layer_table
from pellucid.report_page.charts.chart import Chart, Line
from pellucid.report_page.evidence import Evidence
from pellucid.report_page.html import Content, element, table
from pellucid.report_page.language import say, sentence
from pellucid.report_page.numbers import figure, percent
from pellucid.report_page.sections.histograms import histograms
from pellucid.runs.tables import Columns

WINDOW = 0.1
"""Beginning, middle and end are so large a share of the watched steps."""

HOW = sentence(
    "Medians over the last tenth of the watched steps. Zero: the share of outputs that are exactly 0, behind a ReLU "
    "that of silent units. Dead: units silent for all examples; saturated: outputs at the flat ends of their "
    "activation. Delta: the gradient of the loss by the outputs. Update: what a step changes beside the size of the "
    "weights; about 0.001 is usual, far above training is unsteady, far below it is slow."
)


def network(evidence: Evidence) -> Content:
    """Each layer with its output and its number of parameters."""
    trained = evidence.trained
    if trained is None:
        return None
    layers = layer_table(trained.model, trained.params, trained.state, evidence.run.example)
    rows = [
        [
            layer["path"] or say("network"),
            element("code", layer["layer"]),
            _shape(layer["output"]),
            f"{layer['parameters']:,}",
        ]
        for layer in layers
    ]
    total = sum(layer["parameters"] for layer in layers)
    return [
        table([say("layer"), say("what"), say("output"), say("parameters")], rows, "figures left"),
        element(
            "p",
            say("{count} parameters in all; the loss is ", count=f"{total:,}"),
            element("code", repr(trained.loss)),
            say("."),
        ),
    ]


def health(evidence: Evidence) -> Content:
    """Gradients by depth, statistics of each layer, histograms of the last examination."""
    columns = evidence.table("layers")
    examined = evidence.examination
    if not columns.rows and not examined:
        option = element("code", "--watch-every 10")
        return element("p", say("The layers of this run were not watched: "), option, say(" records them."))
    layers = _layers(evidence)
    by_depth = _by_depth(columns, [layer["path"] for layer in layers])
    return [by_depth, _statistics(columns, examined.get("numbers"), layers), histograms(examined)]


def _layers(evidence: Evidence) -> list[dict[str, Any]]:
    """The layers, from the first to the last; none where the network cannot be read."""
    trained = evidence.trained
    if trained is None:
        return []
    return layer_table(trained.model, trained.params, trained.state, evidence.run.example)


def _in_order(paths: Iterable[str], order: list[str]) -> list[str]:
    """Paths of arrays or layers in the order of the layers that they begin with."""

    def place(path: str) -> int:
        return next((k for k, layer in enumerate(order) if f"{path}/".startswith(f"{layer}/")), len(order))

    return sorted(paths, key=place)


BY_DEPTH = (
    (
        "/gradient_rms",
        sentence("Gradients of the weights, by depth"),
        sentence("layer with weights, first to last"),
    ),
    ("/delta_rms", sentence("Deltas, by depth"), sentence("layer, first to last")),
)


def _by_depth(columns: Columns, order: list[str]) -> Content:
    """The gradient of the weights and the delta of the outputs from the first layer to the last."""
    charts = []
    for suffix, title, axis in BY_DEPTH:
        names = [name for name in columns.names if name.endswith(suffix) and not name.endswith(f"/b{suffix}")]
        names = _in_order(names, order)
        if len(names) < 2:
            continue
        depth = np.arange(1, len(names) + 1)
        lines = []
        for k, (when, part) in enumerate(_moments(columns.rows)):
            values = np.array([_median(columns[name], part) for name in names])
            lines.append(Line(when, depth, values, k + 1, k))
        values = np.concatenate([line.y for line in lines])
        log = bool((values[np.isfinite(values)] > 0).any())
        charts.append(Chart(say(title), say(axis), say("root mean square"), lines, log=log).html())
    return element("div", charts, class_="charts") if charts else None


def _moments(steps: int) -> tuple[tuple[str, float], ...]:
    """What to call the moments to compare of so many watched steps, each with its part of the course."""
    if steps == 1:
        return ((say("at the one watched step"), 1.0),)
    ends = (say("at the beginning"), 0.0), (say("at the end"), 1.0)
    return ends if steps == 2 else (ends[0], (say("in the middle"), 0.5), ends[1])


KNOWN = {
    "out_mean": sentence("mean"),
    "out_std": sentence("deviation"),
    "out_zero": sentence("zero"),
    "dead": sentence("dead"),
    "saturated": sentence("saturated"),
    "delta_rms": sentence("delta"),
    "gradient_rms": sentence("gradient"),
    "update_ratio": sentence("update"),
}
SHARES = ("out_zero", "dead", "saturated")


def _statistics(columns: Columns, numbers: Any, layers: list[dict[str, Any]]) -> Content:
    """A row for each layer; of its arrays of weights the largest gradient and update are shown."""
    rows = _by_layer(columns, numbers)
    for layer in layers:  # the flat side of a ReLU is where it is 0, which has a column of its own
        if layer["layer"].startswith("ReLU("):
            rows.get(layer["path"], {}).pop("saturated", None)
    order = [layer["path"] for layer in layers]
    shown = [kind for kind in KNOWN if any(kind in row for row in rows.values())]
    if not shown:
        return None
    cells = [
        [layer or say("network"), *((percent if kind in SHARES else _short)(row.get(kind, math.nan)) for kind in shown)]
        for layer in _in_order(rows, order)
        for row in [rows[layer]]
    ]
    return [
        table([say("layer"), *(say(KNOWN[kind]) for kind in shown)], cells, "figures"),
        element("p", say(HOW), class_="soft"),
        _sharpness(numbers),
    ]


def _by_layer(columns: Columns, numbers: Any) -> dict[str, dict[str, float]]:
    """What is known of each layer by the kind of number, at the end of training."""
    rows: dict[str, dict[str, float]] = {}
    for name in columns.names:
        path, _, kind = name.rpartition("/")
        layer = (
            path.rpartition("/")[0] if kind in ("gradient_rms", "update_ratio", "update_rms", "weight_rms") else path
        )
        if kind in KNOWN or kind in ("update_rms", "weight_rms"):
            value = _median(columns[name], 1.0)
            row = rows.setdefault(layer, {})
            row[kind] = max(value, row.get(kind, -math.inf)) if not math.isnan(value) else row.get(kind, math.nan)
    for name, value in numbers.items() if isinstance(numbers, dict) else ():
        layer, _, kind = str(name).rpartition("/")
        if kind in KNOWN and isinstance(value, (int, float)):
            rows.setdefault(layer, {})[kind] = float(value)
    for row in rows.values():  # runs of older versions have no ratio of their own
        if "update_ratio" not in row and row.get("weight_rms", 0) > 0:
            row["update_ratio"] = row.get("update_rms", math.nan) / row["weight_rms"]
    return rows


def _sharpness(numbers: Any) -> Content:
    found = numbers.get("sharpness") if isinstance(numbers, dict) else None
    if not isinstance(found, (int, float)) or not found > 0:
        return None
    said = say(
        "Sharpness, the largest eigenvalue of the Hessian, is {sharpness}: plain gradient descent is steady below a "
        "learning rate of {rate}.",
        sharpness=figure(found),
        rate=figure(2 / found, 3),
    )
    return element("p", said)


def _short(value: float) -> str:
    return figure(value, 3)


def _median(values: np.ndarray, part: float) -> float:
    """The median of the finite values around this part of the course."""
    count = max(1, math.ceil(WINDOW * len(values)))
    begin = round(part * (len(values) - count))
    window = values[begin : begin + count]
    window = window[np.isfinite(window)]
    return float(np.median(window)) if len(window) else math.nan


def _shape(shape: Any) -> str:
    if isinstance(shape, dict):
        return "; ".join(f"{name} {_shape(part)}" for name, part in shape.items())
    return " × ".join(map(str, shape)) or "1"
