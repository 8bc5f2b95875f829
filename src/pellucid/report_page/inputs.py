"""One example's inputs, drawn: an image, a text, a curve over time, or the cells of a row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from pellucid.data import Dataset, Split
from pellucid.report.inputs import show_input
from pellucid.report_page.charts.chart import SIDE, Line, draw_line, sample
from pellucid.report_page.charts.png import picture
from pellucid.report_page.charts.scale import Scale
from pellucid.report_page.html import Html, element
from pellucid.report_page.language import say
from pellucid.report_page.numbers import figure, plain

MOST_LETTERS = 280
MOST_CELLS = 8
MOST_LINES = 3
"""Variables of a series that are drawn."""


def draw_input(dataset: Dataset, one: Split) -> Html:
    """The inputs of one example, x of shape (1, ...)."""
    return draw_shown(show_input(dataset, one.x))


def draw_shown(shown: dict[str, Any]) -> Html:
    """Inputs as ``show_input`` describes them."""
    if shown["kind"] == "image":
        return _pixels(shown)
    if shown["kind"] == "text":
        text = shown["text"]
        return element("blockquote", f"{text[:MOST_LETTERS]} …" if len(text) > MOST_LETTERS else text or say("nothing"))
    if shown["kind"] == "series":
        return draw_course(_variables(shown["columns"], np.asarray(shown["values"], np.float64)))
    if shown["kind"] == "row" and shown["columns"]:
        return _cells(shown["columns"], shown["values"])
    return _numbers(shown["values"])


def _pixels(shown: dict[str, Any]) -> Html:
    height, width, channels = shown["height"], shown["width"], shown["channels"]
    pixels = np.array(shown["values"], np.uint8).reshape(height, width, channels)
    return picture(
        pixels[:, :, 0] if channels == 1 else pixels, say("{width} by {height} pixels", width=width, height=height)
    )


def _variables(names: Sequence[str], values: np.ndarray) -> list[Line]:
    """The first variables of a window, (T, V), each scaled as the network gets it."""
    steps = np.arange(1, len(values) + 1)
    return [Line(names[k], steps, values[:, k], k + 1, k) for k in range(min(values.shape[1], MOST_LINES))]


def draw_course(lines: Sequence[Line]) -> Html:
    """Lines over time, small, with their names."""
    up = Scale.over(np.concatenate([line.y for line in lines]), exact=True)
    across = Scale.over(np.concatenate([line.x for line in lines]), exact=True)
    paths = [draw_line(line, across, up) for line in lines]
    said = say("{count} steps: {names}", count=len(lines[0].x), names=say(", ").join(line.name for line in lines))
    box = f"0 0 {SIDE} {SIDE}"
    drawn = element("svg", paths, viewBox=box, preserveAspectRatio="none", class_="course", role="img", aria_label=said)
    key = [element("li", sample(line), line.name) for line in lines]
    return element("div", drawn, element("ul", key, class_="key"))


def _cells(names: Sequence[str], values: Sequence[Any]) -> Html:
    pairs = zip(names[:MOST_CELLS], values, strict=False)
    shown = [element("div", element("dt", name), element("dd", _cell(value))) for name, value in pairs]
    left = len(names) - MOST_CELLS
    more = element("small", say("and {count} more", count=left)) if left > 0 else None
    return element("div", element("dl", shown, class_="cells"), more)


def _numbers(values: Any) -> Html:
    """Numbers without names, or several arrays of them by path."""
    numbers = [number for part in values.values() for number in part] if isinstance(values, dict) else values
    text = ", ".join(figure(float(number), 3) for number in numbers[:MOST_CELLS])
    return element("small", text + (" …" if len(numbers) > MOST_CELLS else ""))


def _cell(value: Any) -> str:
    return value if isinstance(value, str) else plain(value)
