"""The steps of a page: a card each, groups of cards with their reason; of cards alike the first ones are unfolded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from pellucid.data.messages import with_count
from pellucid.derivation.algebra.step import Grid
from pellucid.derivation.render.figures import Figures
from pellucid.derivation.render.markup import Markup, name_markup, prose
from pellucid.derivation.render.notation import rows
from pellucid.derivation.render.outline import Group, NumberedLine, Section

LONG = 24
"""In a section of more steps than this every group is folded, but that of the answer."""

ALIKE, FIRST = 4, 2
"""Of a group of more than ALIKE steps FIRST are unfolded."""

SHOWN = 4
"""Of so many lines of a group the windows are shown as they lie in space; the others are alike."""


@dataclass(frozen=True)
class Cards:
    """Writes sections. ``answer`` is the number of the line that gives the gradient asked for."""

    figures: Figures
    most: int
    answer: int

    def section(self, section: Section) -> str:
        """A section, folded where it is long and has not the answer."""
        lines = [line for group in section.groups for line in group.lines]
        is_long = len(lines) > LONG
        unfolded = " open" if not is_long or section.name == "backward" else ""
        groups = "".join(self._group(group, is_long) for group in section.groups)
        title = f"<h2>{escape(section.name.capitalize())}</h2>"
        head = f"<summary>{title} <small>{with_count(len(lines), 'step')}</small></summary>"
        note = f"<p class=note>{escape(section.note)}</p>\n" if section.note else ""
        lead = f"<p class=lead>{escape(section.lead)}</p>\n"
        return f"<details class=part id={section.name}{unfolded}>{head}\n{lead}{note}{groups}</details>\n"

    def _group(self, group: Group, fold: bool) -> str:
        why = prose(group.why[:1].upper() + group.why[1:])
        cards = list(self._cards(group))
        if not cards:
            return f"<p class=between>{why}</p>\n"
        if fold and self.answer not in (line.number for line in group.lines):
            names = f"<span class=n>{name_markup(group.lines[0].step.name)}</span>{' …' if len(cards) > 1 else ''} "
            summary = f"<summary>{names}<span>{why}</span> <small>{_count_from(group.lines)}</small></summary>"
            return f"<details class=group>{summary}<div class=cards>\n{''.join(cards)}</div></details>\n"
        first, rest = (cards[:FIRST], cards[FIRST:]) if len(cards) > ALIKE else (cards, [])
        more = ""
        if rest:
            summary = (
                f"<summary>{len(rest)} more like these <small>{_count_from(group.lines[FIRST:])}</small></summary>"
            )
            more = f"<details class=more>{summary}<div class=cards>\n{''.join(rest)}</div></details>"
        shown = f"<div class=cards>\n{''.join(first)}</div>{more}"
        return f"<section class=group><p>{why}</p>\n<div>{shown}</div></section>\n"

    def _cards(self, group: Group) -> Iterator[str]:
        for i, line in enumerate(group.lines):
            kind = "s answer" if line.number == self.answer else "s"
            badge = "<strong>The answer</strong>" if line.number == self.answer else ""
            equation = self._equation(line, with_grids=i < SHOWN)
            yield f'<div class="{kind}" id=s{line.number}><b>{line.number}</b>{equation}{badge}</div>\n'

    def _equation(self, line: NumberedLine, with_grids: bool) -> str:
        step, numbers = line.step, self.numbers(line)
        first, *more = self.rows(line)
        below = "".join(f"<p>= {row}</p>" for row in more)
        below += "".join(_grid(grid, numbers) for grid in step.grids) if with_grids else ""
        return f"<div class=n>{name_markup(step.name)}</div><div class=e><p>= {first}</p>{below}</div>"

    def rows(self, line: NumberedLine) -> list[str]:
        """The formula of a line with symbols, with numbers, and its value."""
        symbols = Markup(line.origins, False, self.figures, self.most)
        return rows(line.step.formula, line.step.value, symbols, self.numbers(line))

    @property
    def markup(self) -> Markup:
        """How a number alone is written."""
        return Markup({}, True, self.figures)

    def numbers(self, line: NumberedLine) -> Markup:
        """How numbers in the formula of a line are written."""
        return Markup(line.origins, True, self.figures, self.most)


def _count_from(lines: tuple[NumberedLine, ...]) -> str:
    first, last = lines[0].number, lines[-1].number
    return f"step {first}" if first == last else f"{len(lines)} steps, {first} to {last}"


def _grid(grid: Grid, numbers: Markup) -> str:
    rows = "".join(f"<tr>{''.join(f'<td>{numbers.number(cell)}</td>' for cell in row)}</tr>" for row in grid.rows)
    return f"<table class=g><caption>{escape(grid.caption)}</caption>{rows}</table>"
