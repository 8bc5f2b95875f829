"""How many digits of a number are shown."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from pellucid.derivation.algebra.expression import Expression, Sum

ENOUGH = 17
"""So many significant digits tell every double from every other."""


@dataclass(frozen=True)
class Figures:
    """Numbers to so many significant ``digits``; or, as textbooks do, to so many ``decimals`` after the point.

    Numbers that would have fewer than three figures left, or are below a millionth, are shown to ``digits`` even then.
    """

    digits: int = 6
    decimals: int | None = None

    def format(self, number: float) -> str:
        """The number as it is shown, without zeros at the end."""
        number = number or 0.0  # no negative zero
        if self.decimals is None or not max(10.0 ** (2 - self.decimals), 1e-6) <= abs(number) < 10.0**ENOUGH:
            return f"{number:.{self.digits}g}" if self.digits < ENOUGH else repr(number).removesuffix(".0")
        text = f"{number:.{self.decimals}f}"
        return text.rstrip("0").rstrip(".") if "." in text else text

    def add_figures(self, by: int) -> Figures:
        """``by`` more figures of each number, as far as there are more."""
        decimals = None if self.decimals is None else min(self.decimals + by, ENOUGH)
        return replace(self, digits=max(self.digits, min(self.digits + by, ENOUGH)), decimals=decimals)


def cancelled_digits(formula: Expression, few: int = 3) -> int:
    """How many leading figures cancel where the formula subtracts nearly equal numbers; 0 for fewer than ``few``."""
    most = max((cancelled_digits(part, few) for part in formula.parts), default=0)
    if isinstance(formula, Sum) and formula.value:
        largest = max(abs(term.value) for term in formula.terms)
        gone = math.log10(largest / abs(formula.value)) if math.isfinite(largest) else 0.0
        most = max(most, math.ceil(gone) if gone >= few else 0)
    return most
