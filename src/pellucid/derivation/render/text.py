"""A derivation as plain text, to a width."""

from __future__ import annotations

import sys
import textwrap
import unicodedata
from collections.abc import Iterator

from pellucid.derivation.algebra.derivation import Derivation
from pellucid.derivation.algebra.step import Grid
from pellucid.derivation.render.figures import Figures
from pellucid.derivation.render.formulas import Plain, symbol_name
from pellucid.derivation.render.notation import rows
from pellucid.derivation.render.outline import Group, NumberedLine, outline

ASCII = str.maketrans({"∂": "d", "Σ": "sum", "·": "*", "×": "x", "−": "-", "–": "-", "≤": "<=", "≥": ">=", "→": "->"})
"""What replaces signs that a plain terminal does not have; others become their nearest letter."""

NARROWEST = 40
"""The fewest columns that text is laid out for."""


def as_text(derivation: Derivation, figures: Figures, most: int = 8, width: int = 80, ascii_only: bool = False) -> str:
    """Sections of numbered steps: the formula, the same with numbers, the value; above each group the reason.

    Lines have at most ``width`` columns, or NARROWEST where that is more: no formula would fit in fewer.
    """
    lines, width = [], max(width, NARROWEST)
    for section in outline(derivation, full=most == sys.maxsize):
        lines += [section.name.upper(), *_fill(section.lead, width, ""), *_fill(section.note, width, ""), ""]
        for group in section.groups:
            lines += [*_group(group, Plain(symbol_name, figures, most), Plain(None, figures, most), width), ""]
    text = "\n".join(lines)
    return _plain(text) if ascii_only else text


def _group(group: Group, symbols: Plain, numbers: Plain, width: int) -> Iterator[str]:
    why = group.why[:1].upper() + group.why[1:] + ("" if group.why.endswith((".", ":")) else ":")
    yield from _fill(why, width, "  ")
    for line in group.lines:
        yield from _step(line, rows(line.step.formula, line.step.value, symbols, numbers), width)
        for grid in line.step.grids:
            yield from _grid(grid, numbers)
        if line.origins:
            origins = ", ".join(f"{name} ({number})" for name, number in line.origins.items())
            yield from _fill(f"from {origins}", width, " " * 8)


def _step(line: NumberedLine, shown: list[str], width: int) -> Iterator[str]:
    """``(3) name = formula``, the rows below each other at their equals signs."""
    head = f"{f'({line.number})':>6} {line.step.name}"
    if len(head) > width // 2:
        yield head
        head = " " * 8
    for row in shown:
        for i, part in enumerate(wrap_formula(row, width - len(head) - 3)):
            yield f"{head}   {part}" if i else f"{head} = {part}"
            head = " " * len(head)


def _grid(grid: Grid, numbers: Plain) -> Iterator[str]:
    """What a step was made from, as it lies in space."""
    cells = [[numbers.number(number) for number in row] for row in grid.rows]
    width = max(len(cell) for row in cells for cell in row)
    yield f"        {grid.caption}:"
    yield from ("          " + "  ".join(cell.rjust(width) for cell in row) for row in cells)


def wrap_formula(formula: str, room: int) -> Iterator[str]:
    """A formula in lines that fit, each broken where it is held together least, as far right as that goes."""
    breaks = dict(_breaks(formula))
    start = 0
    while len(formula) - start > room:
        within = [place for place in range(start + 1, start + room + 1) if place in breaks]
        end = min(within, key=lambda place: (breaks[place], -place), default=start + room)
        yield formula[start:end].rstrip()
        start = end + (formula[end] == " ")
    yield formula[start:]


def _breaks(formula: str) -> Iterator[tuple[int, tuple[int, int]]]:
    """Every space before a sign and after a comma, with how deep in brackets it is; none inside square ones."""
    depth = square = 0
    for place, sign in enumerate(formula):
        depth += (sign == "(") - (sign == ")")
        square += (sign == "[") - (sign == "]")
        if sign == " " and not square:
            if formula[place + 1 : place + 3] in ("+ ", "- "):
                yield place, (depth, 0)
            elif formula[place + 1 : place + 3] in ("* ", "/ "):
                yield place, (depth, 1)
            elif formula[place - 1] == ",":
                yield place, (depth, 2)


def _fill(text: str, width: int, indent: str) -> list[str]:
    return textwrap.wrap(text, width, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKD", text.translate(ASCII)).encode("ascii", "ignore").decode()
