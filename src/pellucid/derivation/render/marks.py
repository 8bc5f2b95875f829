"""Which edges of the drawing lie on the paths of a derivation."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TypeAlias

from pellucid.derivation.algebra.expression import Sum
from pellucid.derivation.algebra.gradient_name import is_gradient_name, number_name
from pellucid.derivation.render.outline import NumberedLine

Edge: TypeAlias = tuple[str, str]
"""From one unit to another, by their names."""


def all_edges(forward: list[NumberedLine]) -> set[Edge]:
    """From every number of a formula to the number that it makes."""
    return {
        (symbol.name, line.step.name) for line in forward if line.step.formula for symbol in line.step.formula.symbols()
    }


def path_edges(backward: list[NumberedLine], units: Collection[str], subject: str) -> tuple[set[Edge], set[Edge]]:
    """The edges on the paths from the subject to the loss; and those of the subject itself, if it is a weight."""
    marked: set[Edge] = set()
    for line in backward:
        name = number_name(line.step.name)
        onward = {number_name(part.name) for part in line.step.parts} & set(units)
        if name in units:
            marked |= {(name, next_) for next_ in onward} if line.step.parts else {(name, "E")}
        if line.step.name == subject:
            own = set() if name in units else set(_own_edges(line, units))
            onto_paths = {edge for edge in own if any(edge[1] == start for start, _ in marked)} or own
            return marked | onto_paths, onto_paths
    return marked, set()


def _own_edges(line: NumberedLine, units: Collection[str]) -> Iterator[Edge]:
    """For a weight: in each term, from the unit that it is multiplied with to the one that it moves."""
    formula = line.step.formula
    for term in formula.terms if isinstance(formula, Sum) else (formula,) if formula else ():
        names = {symbol.name for symbol in term.symbols()}
        moved = {number_name(name) for name in names if is_gradient_name(name)} & set(units)
        yield from ((unit, next_) for next_ in moved for unit in (names & set(units)) - {next_})
