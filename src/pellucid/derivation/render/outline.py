"""A derivation in the order of reading: sections of groups of numbered lines, and where each number came from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from pellucid.derivation.algebra.derivation import Derivation
from pellucid.derivation.algebra.expression import Symbol
from pellucid.derivation.algebra.gradient_name import gradient_name
from pellucid.derivation.algebra.natural_order import natural_key
from pellucid.derivation.algebra.step import DerivationStep

LEADS = {
    "forward": "From the inputs through one layer after another to the loss E. Numbers are kept in full, so the last "
    "digit shown may be one off from what rounded numbers give.",
    "backward": "From the loss back: the gradients by the numbers of a layer follow from those of the next layer.",
    "update": "The loss rises along the gradient; the update rule takes a step the other way.",
    "check": "The same gradient computed by other methods, which use none of the formulas above.",
}
"""What each section is about."""


@dataclass(frozen=True)
class NumberedLine:
    """A step with its ``number`` in the derivation; ``origins``: for names in its formula, the line they come from."""

    number: int
    step: DerivationStep
    origins: dict[str, int]


@dataclass(frozen=True)
class Group:
    """Lines one after another that have the same reason."""

    why: str
    lines: tuple[NumberedLine, ...]


@dataclass(frozen=True)
class Section:
    """A part of a derivation: ``name``, in ``lead`` what it is about, in ``note`` what is special about this one."""

    name: str
    lead: str
    groups: tuple[Group, ...]
    note: str = ""


AGAIN = (
    "That is the answer. The same gradient once more, as textbooks write it: first the slope from each number to the "
    "next, then the product of the slopes along every path."
)
"""What stands between the answer and the chain rule, which gives it a second time."""

LONG, KEPT = 100, 20
"""Of a section with more steps than this so many are shown from its beginning and from its end, unless all are wanted.
"""


def outline(derivation: Derivation, full: bool = True) -> list[Section]:
    """Every step once, numbered from 1; what others need comes first, the backward pass layer by layer.

    Unless ``full``, the middle of a long section is left out, and that is said.
    """
    known: dict[str, tuple[int, float]] = {}
    seen: set[int] = set()
    sections = []
    for name, steps in derivation.sections().items():
        lines = []
        for step in _in_order(steps, seen):
            line = NumberedLine(len(seen), step, _origins(step, known))
            lines.append(line)
            known.setdefault(step.name, (line.number, step.value))
            if any(step is last for last in derivation.backward[-1:]):
                known |= dict.fromkeys(("g", "derived"), (line.number, step.value))
        groups = _groups(lines) if full or len(lines) <= LONG else _ends(lines)
        if name == "backward" and derivation.chain:
            groups = tuple(_with_word(groups, known[derivation.subject][0]))
        note = {"forward": derivation.omitted, "backward": derivation.note}.get(name, "")
        sections.append(Section(name, LEADS.get(name, ""), groups, note))
    return sections


def _groups(lines: list[NumberedLine]) -> tuple[Group, ...]:
    return tuple(Group(why, tuple(group)) for why, group in groupby(lines, lambda line: line.step.why))


def _with_word(groups: tuple[Group, ...], answer: int) -> Iterator[Group]:
    """The groups with AGAIN between the answer and what comes after it."""
    for group in groups:
        yield group
        if any(line.number == answer for line in group.lines):
            yield Group(AGAIN, ())


def answer_of(derivation: Derivation, sections: list[Section]) -> NumberedLine | None:
    """The line that gives the gradient asked for; None in the derivation of a whole step."""
    lines = (line for section in sections for group in section.groups for line in group.lines)
    last = derivation.backward[-1:]
    named = (line for line in lines if any(line.step is step for step in last))
    return next((line for line in named if line.step.name == derivation.subject), None)


def _ends(lines: list[NumberedLine]) -> tuple[Group, ...]:
    """The first lines and the last, and between them how many are left out."""
    gap = Group(f"Here {len(lines) - 2 * KEPT} steps are left out; --full shows them.", ())
    return (*_groups(lines[:KEPT]), gap, *_groups(lines[-KEPT:]))


def _in_order(steps: tuple[DerivationStep, ...], seen: set[int]) -> Iterator[DerivationStep]:
    """What is behind each step and then itself, the farthest behind first; of those as far, alike ones by name."""
    for last in steps:
        behind: dict[int, int] = {}
        walked = list(last.walk())
        for step in walked:
            behind[id(step)] = 1 + max((behind[id(part)] for part in step.parts), default=0)
        reasons = {why: i for i, why in enumerate(dict.fromkeys(step.why for step in walked))}
        for step in sorted(walked, key=lambda step: (behind[id(step)], reasons[step.why], natural_key(step.name))):
            if id(step) not in seen:
                seen.add(id(step))
                yield step


def _origins(step: DerivationStep, known: dict[str, tuple[int, float]]) -> dict[str, int]:
    """The lines that gave the numbers of the formula. A name that stands for another number now has none."""
    symbols: tuple[Symbol, ...] = tuple(step.formula.symbols()) if step.formula else ()
    gradient = gradient_name(step.name.removesuffix(" after the step").partition(": ")[0])
    named = {symbol.name: gradient if symbol.name == "g" and gradient in known else symbol.name for symbol in symbols}
    return {
        symbol.name: known[named[symbol.name]][0]
        for symbol in symbols
        if named[symbol.name] in known and known[named[symbol.name]][1] == symbol.number
    }
