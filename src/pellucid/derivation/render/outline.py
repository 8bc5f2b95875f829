"""A derivation in the order of reading: sections of groups of numbered lines, and where each number came from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from pellucid.derivation.expression import Symbol
from pellucid.derivation.step import Step

if TYPE_CHECKING:
    from pellucid.derivation.explanation import Explanation

LEADS = {
    "forward": "The numbers go in and on from layer to layer, down to the loss E.",
    "backward": "From the loss back: what one layer's numbers do to E follows from what the next layer's do.",
    "update": "The gradient says uphill; the update rule takes a step down.",
    "check": "The same gradient found in other ways, that use none of the formulas above.",
}
"""What each section is about."""


@dataclass(frozen=True)
class Line:
    """A step with its ``number`` in the derivation; ``origins``: for names in its formula, the line they come from."""

    number: int
    step: Step
    origins: dict[str, int]


@dataclass(frozen=True)
class Group:
    """Lines one after another that have the same reason."""

    why: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Section:
    """A part of a derivation: ``name``, in ``lead`` what it is about, in ``note`` what is special about this one."""

    name: str
    lead: str
    groups: tuple[Group, ...]
    note: str = ""


def outline(explanation: Explanation) -> list[Section]:
    """Every step once, numbered from 1; what others need comes first, the way back layer by layer."""
    known: dict[str, tuple[int, float]] = {}
    seen: set[int] = set()
    sections = []
    for name, steps in explanation.sections().items():
        lines = []
        for step in _in_order(steps, seen):
            line = Line(len(seen), step, _origins(step, known))
            lines.append(line)
            known.setdefault(step.name, (line.number, step.value))
            if any(step is last for last in explanation.backward[-1:]):
                known |= dict.fromkeys(("g", "derived"), (line.number, step.value))
        groups = tuple(Group(why, tuple(group)) for why, group in groupby(lines, lambda line: line.step.why))
        note = explanation.note if name == "backward" else ""
        sections.append(Section(name, LEADS.get(name, ""), groups, note))
    return sections


def _in_order(steps: tuple[Step, ...], seen: set[int]) -> Iterator[Step]:
    """What is behind each step and then itself, the farthest behind first."""
    for last in steps:
        behind: dict[int, int] = {}
        walked = list(last.walk())
        for step in walked:
            behind[id(step)] = 1 + max((behind[id(part)] for part in step.parts), default=0)
        for step in sorted(walked, key=lambda step: behind[id(step)]):
            if id(step) not in seen:
                seen.add(id(step))
                yield step


def _origins(step: Step, known: dict[str, tuple[int, float]]) -> dict[str, int]:
    """The lines that gave the numbers of the formula. A name that stands for another number now has none."""
    symbols: tuple[Symbol, ...] = tuple(step.formula.symbols()) if step.formula else ()
    return {
        symbol.name: known[symbol.name][0]
        for symbol in symbols
        if symbol.name in known and known[symbol.name][1] == symbol.number
    }
