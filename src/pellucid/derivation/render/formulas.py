"""Formulas as plain text: with symbols, or with numbers in their place."""

from __future__ import annotations

from pellucid.derivation.algebra.expression import Expression, Symbol
from pellucid.derivation.render.figures import Figures
from pellucid.derivation.render.notation import ATOM, POWER, PRODUCT, Notation, Written


def format_symbols(expression: Expression, most: int = 8, digits: int = 6) -> str:
    """The formula by names. Of a long sum the ``most`` largest terms are shown, and the sum of the rest."""
    return Plain(symbol_name, Figures(digits), most).write(expression)


def format_numbers(expression: Expression, most: int = 8, digits: int = 6) -> str:
    """The formula with numbers put in, rounded to so many significant ``digits``; negative ones in brackets."""
    return Plain(None, Figures(digits), most).write(expression)


def format_number(number: float, digits: int) -> str:
    """A number with so many significant digits."""
    return Figures(digits).format(number)


def symbol_name(symbol: Symbol) -> str:
    """A symbol by its name."""
    return symbol.name


class Plain(Notation):
    """Formulas as they are typed: ``a * (b + c)^2 / d``."""

    def number(self, number: float) -> str:
        return self.figures.format(number)

    def bracket(self, text: str) -> str:
        return f"({text})"

    def quotient(self, above: Expression, below: Expression) -> Written:
        return f"{self.inside(above, PRODUCT)} / {self.inside(below, POWER)}", PRODUCT

    def power(self, base: Expression, exponent: Expression) -> str:
        return f"{self.inside(base, ATOM)}^{self.inside(exponent, ATOM)}"

    def call(self, function: str, arguments: tuple[Expression, ...]) -> str:
        return f"{function}({', '.join(map(self.without_brackets, arguments))})"

    def rest(self, count: int, value: float) -> str:
        return f"[{count} smaller terms: {self.number(value)}]"
