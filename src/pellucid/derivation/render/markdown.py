"""A derivation as Markdown, its formulas in LaTeX."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator

from pellucid.derivation.algebra.derivation import Derivation
from pellucid.derivation.render.figures import Figures
from pellucid.derivation.render.latex import Latex, latex_name, latex_symbol
from pellucid.derivation.render.notation import rows
from pellucid.derivation.render.outline import NumberedLine, outline


def as_markdown(derivation: Derivation, figures: Figures, most: int = 8) -> str:
    """A heading for each section; each step an aligned block: formula, numbers, value; above each group the reason."""
    symbols, numbers = Latex(latex_symbol, figures, most), Latex(None, figures, most)
    blocks = [f"# ${latex_name(derivation.subject)} = {numbers.number(derivation.value)}$"]
    for section in outline(derivation, full=most == sys.maxsize):
        blocks += [f"## {section.name.capitalize()}", escape_markdown(section.lead)]
        blocks += [f"**{escape_markdown(section.note)}**"] if section.note else []
        for group in section.groups:
            blocks.append(
                escape_markdown(group.why[:1].upper() + group.why[1:]) + ("" if group.why.endswith(".") else ":")
            )
            blocks += [block for line in group.lines for block in _step(line, symbols, numbers)]
    return "\n\n".join(blocks) + "\n"


def _step(line: NumberedLine, symbols: Latex, numbers: Latex) -> Iterator[str]:
    name, *shown = latex_name(line.step.name), *rows(line.step.formula, line.step.value, symbols, numbers)
    aligned = " \\\\\n".join(f"{'' if i else name} &= {row}" for i, row in enumerate(shown))
    yield f"$$\n\\begin{{aligned}}\n{aligned}\n\\end{{aligned}} \\tag{{{line.number}}}\n$$"
    for grid in line.step.grids:
        cells = " \\\\ ".join(" & ".join(map(numbers.number, row)) for row in grid.rows)
        yield f"{escape_markdown(grid.caption)}: $\\begin{{bmatrix}} {cells} \\end{{bmatrix}}$"
    if line.origins:
        yield "from " + ", ".join(f"${latex_name(name)}$ ({number})" for name, number in line.origins.items())


def escape_markdown(words: str) -> str:
    """Words whose signs mean nothing to Markdown or HTML."""
    return re.sub(r"([\\`*_{}\[\]<>$#|])", r"\\\1", words)
