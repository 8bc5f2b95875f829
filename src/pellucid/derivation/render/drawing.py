"""The network as a picture: a column for each layer, and the paths of the derivation, marked."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from html import escape

from pellucid.derivation.algebra.diagram import Column, Unit
from pellucid.derivation.algebra.gradient_name import number_name
from pellucid.derivation.render.formulas import format_number
from pellucid.derivation.render.layout import ACROSS, HEIGHT, WIDTH, Layout, thin
from pellucid.derivation.render.marks import Edge, all_edges, path_edges
from pellucid.derivation.render.naming import add_hat, label
from pellucid.derivation.render.outline import NumberedLine, Section


def drawing(network: tuple[Column, ...], sections: list[Section], subject: str) -> str:
    """A figure; units are links to the lines that made them. Nothing where there is no network to draw."""
    lines = {section.name: [line for group in section.groups for line in group.lines] for section in sections}
    forward, backward = lines.get("forward", []), lines.get("backward", [])
    made = {line.step.name: line for line in forward}
    if not network:
        return ""
    if "E" in made:
        network = (*network, Column("E", "loss", 1, (Unit("E", made["E"].step.value),)))
    marked, own = path_edges(backward, {unit.name for column in network for unit in column.units}, subject)
    on_paths = {name for edge in marked for name in edge}
    layout = Layout(tuple(thin(column, on_paths) for column in network))
    at = dict(layout.places())
    known = [edge for edge in all_edges(forward) | marked if _goes_on(edge, at)]
    known.sort(key=lambda edge: (at[edge[0]], at[edge[1]]))
    edges = "".join(f'<path d="{layout.way(at[a], at[b])}"/>' for a, b in known if (a, b) not in marked)
    edges += "".join(f'<path class=way d="{layout.way(at[a], at[b])}"/>' for a, b in known if (a, b) in marked)
    columns = "".join(_column(layout, i, made, on_paths, network[i]) for i in range(len(network)))
    name = _edge_label(layout, at, own, subject)
    width, height = layout.size
    return (
        f'<figure><div tabindex=0 role=group aria-label="The network, from left to right">'
        f'<svg viewBox="0 0 {width} {height}" width={width} height={height} role=group aria-label="The network">'
        f"{edges}{columns}{name}</svg></div>\n"
        f"<figcaption>{_caption(subject, 'E[0]' in made)}</figcaption></figure>"
    )


def _goes_on(edge: Edge, at: Mapping[str, tuple[int, int]]) -> bool:
    """Whether both ends are drawn, the second further on."""
    return edge[0] in at and edge[1] in at and at[edge[0]][0] < at[edge[1]][0]


def _caption(subject: str, several: bool) -> str:
    example = "; the numbers are those of the first example" if several else ""
    return f"Thick: the paths from {escape(number_name(subject))} to the loss{example}"


def _edge_label(layout: Layout, at: Mapping[str, tuple[int, int]], own: set[Edge], subject: str) -> str:
    """The name of the weight above its edge, where it is on one alone."""
    drawn = [edge for edge in own if _goes_on(edge, at)]
    if len(own) != 1 or not drawn:
        return ""
    (i, row), (j, end_row) = (at[name] for name in drawn[0])
    x, y = (layout.x(i) + layout.x(j)) / 2, (layout.y(i, row) + layout.y(j, end_row)) / 2
    return f"<text class=w x={x:g} y={y - 7:g}>{_set(number_name(subject).rpartition('/')[2], 12)}</text>"


def _column(layout: Layout, i: int, made: Mapping[str, NumberedLine], on_paths: Collection[str], whole: Column) -> str:
    column, x = layout.columns[i], layout.x(i)
    heads = (("h", 16, _heading(column.title), column.title), ("k", 33, column.layer, column.layer))
    drawn = "".join(
        f"<text class={kind} x={x:g} y={y}>{escape(_short(words))}<title>{escape(full)}</title></text>"
        for kind, y, words, full in heads
    )
    for row, unit in enumerate(column.units):
        drawn += _unit(unit, column.title, x, layout.y(i, row), made.get(unit.name), unit.name in on_paths)
    if hidden := column.size - len(column.units):
        left = len({unit.name for unit in whole.units} & set(on_paths) - {unit.name for unit in column.units})
        below = [f"… {hidden:,} more", *([f"{left} of them on paths"] if left else [])]
        top = layout.y(i, len(column.units)) - 9
        drawn += "".join(f"<text class=k x={x:g} y={top + 15 * k:g}>{words}</text>" for k, words in enumerate(below))
    return drawn


def _heading(title: str) -> str:
    """The last part of a path; of a step in time, its number."""
    last = title.rpartition("/")[2]
    return f"step {last[1:]}" if "/" in title and re.fullmatch(r"t\d+", last) else last


def _unit(unit: Unit, title: str, x: float, y: float, line: NumberedLine | None, on_path: bool) -> str:
    """A box with the name of the unit above its value."""
    rest = unit.name.removeprefix(title)
    inside = rest.strip("[]") if rest.startswith("[") else rest[1:] if rest.startswith("/") else unit.name
    value = format_number(unit.value, 4).replace("-", "−")
    body = (
        f"<g{' class=on-path' if on_path else ''}><title>{escape(unit.name)} = {format_number(unit.value, 6)}</title>"
        f"<rect x={x - WIDTH / 2:g} y={y - HEIGHT / 2:g} width={WIDTH} height={HEIGHT} rx=9 />"
        f"<text class=u x={x:g} y={y - 4:g}>{_set(inside, 14)}</text>"
        f"<text class=v x={x:g} y={y + 12:g}>{value}</text></g>"
    )
    return f'<a href="#s{line.number}">{body}</a>' if line else body


def _set(name: str, most: int) -> str:
    """A name that fits into a unit, as in a book."""
    it = label(name)
    below = f"<tspan dy=3 font-size=10>{escape(_short(it.below.replace(' ', ''), 8))}</tspan>" if it.below else ""
    return f"{escape(_short(add_hat(it.base.replace(' ', '')), most))}{below}"


def _short(words: str, most: int = ACROSS // 8) -> str:
    return words if len(words) <= most else words[: most - 1] + "…"
