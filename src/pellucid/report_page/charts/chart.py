"""Lines and dots over two axes: drawn by SVG that stretches, with texts that keep their size on any screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pellucid.report_page.charts.scale import Scale
from pellucid.report_page.html import Html, details, element, table
from pellucid.report_page.language import say
from pellucid.report_page.numbers import figure

DASHES = ("", "7 4", "2 4", "9 3 2 3")
"""Lines differ in these beside their colour."""

MOST_ROWS = 40
"""So many rows of numbers stand behind a chart, evenly chosen."""

SIDE = 1000
"""The inner width and height of a drawing, which is stretched to its place."""


@dataclass(frozen=True)
class Line:
    """A line, or with ``dots`` a dot for each value. ``colour`` is 1 to 8, ``dash`` a place in DASHES; ``behind`` is
    faint and without a table.
    """

    name: str
    x: np.ndarray
    y: np.ndarray
    colour: int = 1
    dash: int = 0
    behind: bool = False
    dots: bool = False


@dataclass(frozen=True)
class Mark:
    """A rule with a word: at x, or with ``across`` at y."""

    at: float
    text: str
    across: bool = False


@dataclass(frozen=True)
class Chart:
    """``x`` and ``y`` name the axes; ``diagonal`` draws y = x, dashed."""

    title: str
    x: str
    y: str
    lines: Sequence[Line]
    marks: Sequence[Mark] = ()
    log: bool = False
    diagonal: bool = False
    square: bool = False
    x_scale: Scale | None = None
    y_scale: Scale | None = None

    def html(self) -> Html:
        """The chart as a figure, its numbers behind it."""
        told = [
            line
            for k, line in enumerate(self.lines)
            if not line.behind and line.name not in {o.name for o in self.lines[:k]}
        ]
        told_x = np.concatenate([line.x for line in told or self.lines])
        every_x, every_y = (np.concatenate([getattr(line, axis) for line in self.lines]) for axis in "xy")
        is_whole = bool((told_x == np.round(told_x)).all())
        across = self.x_scale or Scale.over(every_x, exact=True, whole=is_whole)
        up = self.y_scale or Scale.over(every_y, log=self.log)
        return element(
            "figure",
            element("figcaption", self.title),
            self._key() if {line.name for line in self.lines} - {self.y} else None,
            element("div", say("{unit}, log scale", unit=self.y) if up.log else self.y, class_="unit"),
            element(
                "div",
                element("div", self._drawing(across, up), _marks(self.marks, across, up), class_="area"),
                [element("span", text, class_="y", style=f"bottom:{100 * at:.2f}%") for at, text in up.labels()],
                [element("span", text, class_="x", style=f"left:{100 * at:.2f}%") for at, text in across.labels()],
                class_="plot square" if self.square else "plot",
                role="img",
                aria_label=self._in_words(told),
            ),
            element("div", self.x, class_="unit x"),
            details(say("The numbers"), _numbers(self.x, told)) if told else None,
            class_="chart",
        )

    def _drawing(self, across: Scale, up: Scale) -> Html:
        grid = "".join(f"M0 {SIDE * (1 - at):.1f}h{SIDE}" for at, _ in up.labels())
        parts = [element("path", d=grid, class_="grid")]
        if self.diagonal:
            ends = np.array([max(across.low, up.low), min(across.high, up.high)])
            parts.append(element("path", d=_path(across.places(ends), up.places(ends)), class_="rule"))
        for mark in self.marks:
            place = (up if mark.across else across).places([mark.at])[0]
            d = f"M0 {SIDE * (1 - place):.1f}h{SIDE}" if mark.across else f"M{SIDE * place:.1f} 0v{SIDE}"
            parts.append(element("path", d=d, class_="rule"))
        for line in self.lines:
            parts.append(draw_line(line, across, up))
        box = f"0 0 {SIDE} {SIDE}"
        return element("svg", parts, viewBox=box, preserveAspectRatio="none", aria_hidden="true")

    def _key(self) -> Html:
        by_name = {line.name: line for line in reversed(self.lines)}
        return element(
            "ul", [element("li", sample(line), line.name) for line in reversed(by_name.values())], class_="key"
        )

    def _in_words(self, told: Sequence[Line]) -> str:
        said = [say("{title}: {y} by {x}.", title=self.title, y=self.y, x=self.x)]
        for line in told:
            good = line.y[np.isfinite(line.y)]
            if len(good):
                first, last, least, most = (figure(float(y)) for y in (good[0], good[-1], good.min(), good.max()))
                ends = "" if line.dots else say("from {first} to {last}", first=first, last=last)
                bounds = say("least {least}, greatest {greatest}", least=least, greatest=most)
                said.append(say("{what}: {facts}.", what=line.name, facts=say(", ").join(filter(None, (ends, bounds)))))
        said += [say("{fact}.", fact=mark.text) for mark in self.marks]
        return " ".join(said)


def draw_line(line: Line, across: Scale, up: Scale) -> Html:
    """The line, or its dots, in a drawing of SIDE by SIDE."""
    x, y = across.places(line.x), up.places(line.y)
    return element(
        "path",
        d=_dots(x, y) if line.dots else _path(x, y),
        class_="dots" if line.dots else "behind" if line.behind else "line",
        style=f"stroke:var(--line-{line.colour})",
        stroke_dasharray=None if line.dots else DASHES[line.dash] or None,
    )


def _marks(marks: Sequence[Mark], across: Scale, up: Scale) -> list[Html]:
    found = []
    for mark in marks:
        place = float((up if mark.across else across).places([mark.at])[0])
        side = "right" if place > 0.8 else "left" if place < 0.2 else "middle"
        where = f"bottom:{100 * place:.2f}%" if mark.across else f"left:{100 * place:.2f}%"
        found.append(element("span", mark.text, class_=f"mark {'across' if mark.across else side}", style=where))
    return found


def sample(line: Line) -> Html:
    """A short piece of the line for the key."""
    d, kind = ("M14 5h.01", "dots") if line.dots else ("M0 5h28", "behind" if line.behind else "line")
    dash = None if line.dots else DASHES[line.dash] or None
    path = element("path", d=d, class_=kind, style=f"stroke:var(--line-{line.colour})", stroke_dasharray=dash)
    return element("svg", path, viewBox="0 0 28 10", class_="sample", aria_hidden="true")


def _path(x: np.ndarray, y: np.ndarray) -> str:
    """A line through the points, broken where one has no place."""
    d, joined = [], False
    for left, up in zip(SIDE * x, SIDE * (1 - y), strict=True):
        if not (np.isfinite(left) and np.isfinite(up)):
            joined = False
            continue
        d.append(f"{'L' if joined else 'M'}{left:.1f} {up:.1f}")
        joined = True
    return "".join(d)


def _dots(x: np.ndarray, y: np.ndarray) -> str:
    """A line of no length for each point, which round ends make a dot of a size that does not stretch."""
    return "".join(
        f"M{left:.1f} {up:.1f}h.01"
        for left, up in zip(SIDE * x, SIDE * (1 - y), strict=True)
        if np.isfinite(left) and np.isfinite(up)
    )


def _numbers(axis: str, lines: Sequence[Line]) -> Html:
    """The values of all lines that share their x, or of each by itself."""
    shared = all(len(line.x) == len(lines[0].x) and (line.x == lines[0].x).all() for line in lines)
    groups = [lines] if shared else [[line] for line in lines]
    tables = []
    for group in groups:
        chosen = np.unique(np.linspace(0, len(group[0].x) - 1, min(len(group[0].x), MOST_ROWS)).astype(int))
        rows = [[figure(float(group[0].x[k])), *(figure(float(line.y[k])) for line in group)] for k in chosen]
        tables.append(table([axis, *(line.name for line in group)], rows))
    return element("div", tables)
