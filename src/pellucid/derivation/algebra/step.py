"""A derivation in steps, each with its formula, its value, and the reason."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pellucid.derivation.algebra.expression import Expression
from pellucid.errors import ExplainError

TOLERANCE = 1e-12
"""How far the value of a formula may be from that of the engine, relative to the largest number in it."""


@dataclass(frozen=True)
class Grid:
    """Numbers in rows, as they lie in space, and what they are: what a window sees, or a kernel."""

    caption: str
    rows: tuple[tuple[float, ...], ...]


@dataclass(frozen=True)
class DerivationStep:
    """``name = formula = value``, and a sentence that says why.

    ``value`` is what the engine has; ``formula`` is None where the layer gives the number without saying how.
    ``parts`` are the steps that the formula's numbers come from. ``section`` groups steps: "forward", "backward",
    "update" or "check". ``grids`` are to be shown beside it.
    """

    name: str
    formula: Expression | None
    value: float
    why: str
    parts: tuple[DerivationStep, ...] = ()
    section: str = "backward"
    grids: tuple[Grid, ...] = ()

    def walk(self) -> Iterator[DerivationStep]:
        """This step and all below it, each once, those first that others need."""
        visited = {id(self)}
        open_ = [(self, iter(self.parts))]
        while open_:
            step, parts = open_[-1]
            part = next((part for part in parts if id(part) not in visited), None)
            if part is None:
                open_.pop()
                yield step
            else:
                visited.add(id(part))
                open_.append((part, iter(part.parts)))

    def check(self) -> None:
        """Raise ExplainError unless every formula below evaluates to its value."""
        for step in self.walk():
            if step.formula is None:
                continue
            got, scale = step.formula.value, max(step.formula.scale, abs(step.value))
            if not abs(got - step.value) <= TOLERANCE * scale and not (got != got and step.value != step.value):
                raise ExplainError(
                    f"the derivation of {step.name} is wrong: its formula gives {got!r}, the network {step.value!r}; "
                    "please report this with the network"
                )
