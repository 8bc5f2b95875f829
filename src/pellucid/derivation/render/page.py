"""A derivation as one HTML page that needs nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from importlib import resources

from pellucid.derivation.algebra.derivation import Derivation
from pellucid.derivation.algebra.step import Grid
from pellucid.derivation.render.drawing import drawing
from pellucid.derivation.render.figures import Figures
from pellucid.derivation.render.markup import Markup, name_markup
from pellucid.derivation.render.notation import rows
from pellucid.derivation.render.outline import Group, Line, Section, outline

UNFOLDED = 120
"""A section of more lines is folded at first, except for the backward pass."""

SHOWN = 4
"""Of so many lines of a group the windows are shown as they lie in space; the others are alike."""


def as_html(derivation: Derivation, figures: Figures, most: int = 8) -> str:
    """The network drawn, and every section with its steps; style and script, of a few lines each, are inside."""
    sections = outline(derivation)
    value = Markup({}, True, figures).number(derivation.value)
    style, script = (_file(name) for name in ("page.css", "page.js"))
    return (
        '<!doctype html>\n<html lang=en>\n<meta charset=utf-8>\n<meta name=viewport content="width=device-width">\n'
        f"<title>{escape(derivation.subject)}, step by step</title>\n<style>\n{style}</style>\n"
        f"<header><h1>{name_markup(derivation.subject)} = {value}</h1></header>\n"
        f"{drawing(derivation.network, sections, derivation.subject)}\n"
        f"<main>\n{''.join(_section(section, figures, most) for section in sections)}</main>\n"
        f"<aside id=origin hidden></aside>\n<script>\n{script}</script>\n</html>\n"
    )


def _file(name: str) -> str:
    return resources.files(__package__).joinpath(name).read_text(encoding="utf-8")


def _section(section: Section, figures: Figures, most: int) -> str:
    count = sum(len(group.lines) for group in section.groups)
    unfolded = " open" if count <= UNFOLDED or section.name == "backward" else ""
    groups = "".join(_group(group, figures, most) for group in section.groups)
    head = f"<summary><h2>{escape(section.name.capitalize())}</h2> <small>{_count_steps(count)}</small></summary>"
    note = f"<p class=note>{escape(section.note)}</p>\n" if section.note else ""
    return f"<details{unfolded}>{head}\n<p class=lead>{escape(section.lead)}</p>\n{note}{groups}</details>\n"


def _count_steps(count: int) -> str:
    return "1 step" if count == 1 else f"{count} steps"


def _group(group: Group, figures: Figures, most: int) -> str:
    why = escape(group.why[:1].upper() + group.why[1:])
    return f"<section><p>{why}</p>\n{''.join(_lines(group, figures, most))}</section>\n"


def _lines(group: Group, figures: Figures, most: int) -> Iterator[str]:
    for i, line in enumerate(group.lines):
        equation = _equation(line, figures, most, with_grids=i < SHOWN)
        yield f"<div class=s id=s{line.number}><b>{line.number}</b>{equation}</div>\n"


def _equation(line: Line, figures: Figures, most: int, with_grids: bool) -> str:
    step = line.step
    symbols, numbers = (Markup(line.origins, numbers, figures, most) for numbers in (False, True))
    first, *more = rows(step.formula, step.value, symbols, numbers)
    below = "".join(f"<p>= {row}</p>" for row in more)
    below += "".join(_grid(grid, numbers) for grid in step.grids) if with_grids else ""
    return f"<div class=n>{name_markup(step.name)}</div><div class=e><p>= {first}</p>{below}</div>"


def _grid(grid: Grid, numbers: Markup) -> str:
    rows = "".join(f"<tr>{''.join(f'<td>{numbers.number(cell)}' for cell in row)}" for row in grid.rows)
    return f"<table class=g><caption>{escape(grid.caption)}</caption>{rows}</table>"
