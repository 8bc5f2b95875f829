"""The network as a picture: a column for each layer, and the paths of the derivation, marked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import escape
from typing import TypeAlias

from pellucid.derivation.algebra.diagram import Column, Unit
from pellucid.derivation.algebra.expression import Sum
from pellucid.derivation.render.formulas import format_number
from pellucid.derivation.render.naming import add_hat, label
from pellucid.derivation.render.outline import Line, Section

Edge: TypeAlias = tuple[str, str]
"""From one unit to another, by their names."""

ACROSS, DOWN, RADIUS, TOP = 118, 66, 21, 84
"""From column to column, from unit to unit, how large a unit is, and where the first one stands."""


def drawing(network: tuple[Column, ...], sections: list[Section], subject: str) -> str:
    """A figure; units are links to the lines that made them. Nothing where there is no network to draw."""
    lines = {section.name: [line for group in section.groups for line in group.lines] for section in sections}
    forward, backward = lines.get("forward", []), lines.get("backward", [])
    made = {line.step.name: line for line in forward}
    if "E" in made:
        network = (*network, Column("E", "loss", 1, (Unit("E", made["E"].step.value),)))
    if not network:
        return ""
    tallest = max(len(column.units) + (column.size > len(column.units)) for column in network)
    at = dict(_places(network, tallest))
    marked, own = _path_edges(backward, at, subject)
    edges = {(name, line.step.name) for line in forward for name in _names(line)} | marked
    drawn = (edge for edge in edges if edge[0] in at and edge[1] in at)
    known = sorted(drawn, key=lambda edge: (at[edge[0]], at[edge[1]]))
    width, height = ACROSS * len(network) + 20, TOP + DOWN * tallest - 22
    thin = "".join(_edge(at, edge, "") for edge in known if edge not in marked)
    thick = "".join(_edge(at, edge, " class=way") for edge in known if edge in marked)
    met = {name for edge in marked for name in edge}
    columns = "".join(_column(column, i, at, made, met) for i, column in enumerate(network))
    name = _edge_label(at, own, subject) if len(own) == 1 else ""
    return (
        f'<figure><div tabindex=0><svg viewBox="0 0 {width} {height}" width={width} height={height} role=group '
        f'aria-label="The network">{thin}{thick}{name}{columns}</svg></div>\n'
        f"<figcaption>{_caption(subject, 'E[0]' in made)}</figcaption></figure>"
    )


def _caption(subject: str, several: bool) -> str:
    example = "; the numbers are those of the first example" if several else ""
    return f"Thick: the paths from {escape(subject.removeprefix('∂E/∂'))} to the loss{example}"


def _places(network: tuple[Column, ...], tallest: int) -> Iterator[tuple[str, tuple[float, float]]]:
    for i, column in enumerate(network):
        free = tallest - len(column.units) - (column.size > len(column.units))
        for k, unit in enumerate(column.units):
            yield unit.name, (ACROSS * (i + 0.5) + 10, TOP + DOWN * (k + free / 2))


def _names(line: Line) -> set[str]:
    return {symbol.name for symbol in line.step.formula.symbols()} if line.step.formula else set()


def _path_edges(
    backward: list[Line], units: dict[str, tuple[float, float]], subject: str
) -> tuple[set[Edge], set[Edge]]:
    """The edges on the paths from the subject to the loss; and those of the subject itself, if it is a weight."""
    marked: set[Edge] = set()
    for line in backward:
        name = line.step.name.removeprefix("∂E/∂")
        onward = {part.name.removeprefix("∂E/∂") for part in line.step.parts} & units.keys()
        if name in units:
            marked |= {(name, next_) for next_ in onward} if line.step.parts else {(name, "E")}
        if line.step.name == subject:
            own = set() if name in units else set(_own_edges(line, units))
            return marked | own, own
    return marked, set()


def _own_edges(line: Line, units: Mapping[str, object]) -> Iterator[Edge]:
    """For a weight: in each term, from the unit that it is multiplied with to the one that it moves."""
    formula = line.step.formula
    for term in formula.terms if isinstance(formula, Sum) else (formula,) if formula else ():
        names = {symbol.name for symbol in term.symbols()}
        moved = {name.removeprefix("∂E/∂") for name in names if name.startswith("∂E/∂")} & units.keys()
        yield from ((unit, next_) for next_ in moved for unit in (names & units.keys()) - {next_})


def _edge(at: dict[str, tuple[float, float]], edge: Edge, kind: str) -> str:
    (x1, y1), (x2, y2) = at[edge[0]], at[edge[1]]
    bend = 40 if abs(x2 - x1) > ACROSS else 0
    return f'<path{kind} d="M{x1:g} {y1:g}Q{(x1 + x2) / 2:g} {(y1 + y2) / 2 - bend:g} {x2:g} {y2:g}"/>'


def _edge_label(at: dict[str, tuple[float, float]], own: set[Edge], subject: str) -> str:
    (edge,) = own
    (x1, y1), (x2, y2) = at[edge[0]], at[edge[1]]
    name = subject.removeprefix("∂E/∂").rpartition("/")[2]
    return f"<text class=w x={(x1 + x2) / 2:g} y={(y1 + y2) / 2 - 7:g}>{_set(name)}</text>"


def _column(column: Column, i: int, at: dict[str, tuple[float, float]], made: dict[str, Line], met: set[str]) -> str:
    x = ACROSS * (i + 0.5) + 10
    heads = (("h", 16, _heading(column.title), column.title), ("k", 32, column.layer, column.layer))
    head = "".join(
        f"<text class={kind} x={x:g} y={y}>{escape(_short(words))}<title>{escape(whole)}</title></text>"
        for kind, y, words, whole in heads
    )
    units = "".join(_unit(unit, column, at[unit.name], made.get(unit.name), unit.name in met) for unit in column.units)
    hidden = column.size - len(column.units)
    last = at[column.units[-1].name][1] if column.units else TOP
    more = f"<text class=k x={x:g} y={last + DOWN - 8:g}>… {hidden} more</text>" if hidden else ""
    return head + units + more


def _heading(title: str) -> str:
    """The last part of a path; of a step in time, its number."""
    last = title.rpartition("/")[2]
    return f"step {last[1:]}" if "/" in title and re.fullmatch(r"t\d+", last) else last


def _unit(unit: Unit, column: Column, at: tuple[float, float], line: Line | None, met: bool) -> str:
    x, y = at
    inside = unit.name.removeprefix(column.title).lstrip("/")
    inside = (inside.strip("[]") if inside.startswith("[") else inside) or unit.name
    body = (
        f"<g{' class=met' if met else ''}><title>{escape(unit.name)} = {format_number(unit.value, 6)}</title>"
        f"<circle cx={x:g} cy={y:g} r={RADIUS} /><text x={x:g} y={y + 4:g}>{_set(inside)}</text>"
        f"<text class=v x={x:g} y={y + RADIUS + 13:g}>{format_number(unit.value, 4).replace('-', '−')}</text></g>"
    )
    return f'<a href="#s{line.number}">{body}</a>' if line else body


def _set(name: str) -> str:
    """A name that fits into a unit, as in a book."""
    it = label(name)
    below = f"<tspan dy=3 font-size=9>{escape(_short(it.below, 4))}</tspan>" if it.below else ""
    base = add_hat(it.base.replace(" ", ""))
    small = ' font-size="8.5"' if len(base) > 6 else ""
    return f"<tspan{small}>{escape(_short(base, 9))}</tspan>{below}"


def _short(words: str, most: int = 16) -> str:
    return words if len(words) <= most else words[: most - 1] + "…"
