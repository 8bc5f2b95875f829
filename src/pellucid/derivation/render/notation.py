"""How a formula is written down: what is common to plain text, LaTeX and HTML."""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections.abc import Callable
from copy import copy
from typing import TypeAlias

from pellucid.derivation.algebra.expression import Constant, Expression, Negative, Power, Product, Quotient, Sum, Symbol
from pellucid.derivation.algebra.functions import Call
from pellucid.derivation.render.figures import Figures, cancelled_digits

Show: TypeAlias = Callable[[Symbol], str]
"""How a symbol is shown: by its name, say, or with a link."""

Written: TypeAlias = tuple[str, int]
"""A formula written down, and how tightly it holds together."""

SUM, PRODUCT, POWER, ATOM = range(4)
"""How tightly parts of a formula hold together."""


class Notation(ABC):
    """Writes formulas: symbols by ``show``, by their numbers if it is None; numbers to so many ``figures``.

    Of a long sum the ``most`` largest terms are written, and the sum of the rest.
    """

    times = " * "
    plus = " + "
    minus = " - "
    negative = "-"

    def __init__(self, show: Show | None, figures: Figures, most: int = 8) -> None:
        self.show, self.figures, self.most = show, figures, most

    def write(self, expression: Expression) -> str:
        """The whole formula."""
        return self.write_with_precedence(expression)[0]

    def write_with_precedence(self, expression: Expression) -> Written:
        """The formula, and how tightly it holds together."""
        match expression:
            case Symbol():
                return self.symbol(expression, self.constant), ATOM
            case Constant(number=number):
                return self.constant(number), ATOM
            case Sum(terms=terms):
                return self._sum(terms), SUM
            case Product(factors=factors):
                precedence = (PRODUCT, *[POWER] * (len(factors) - 1))
                return self.times.join(map(self.inside, factors, precedence)), PRODUCT
            case Quotient(above=above, below=below):
                return self.quotient(above, below)
            case Power(base=base, exponent=exponent):
                return self.power(base, exponent), POWER
            case Negative(inside=part):
                return self.negative + self.inside(part, POWER), SUM
            case Call(function=function, arguments=arguments):
                return self.call(function, arguments), ATOM
            case _:
                raise TypeError(f"{expression!r} is no formula")

    def inside(self, part: Expression, precedence: int) -> str:
        """A part of a formula, in brackets unless it holds together so tightly."""
        text, holds = self.write_with_precedence(part)
        return text if holds >= precedence else self.bracket(text)

    def without_brackets(self, part: Expression) -> str:
        """A part that stands where it needs no brackets, even if it is a negative number."""
        match part:
            case Symbol():
                return self.symbol(part, self.number)
            case Constant(number=number):
                return self.number(number)
        return self.write(part)

    def symbol(self, symbol: Symbol, number: Callable[[float], str]) -> str:
        """A number that has a name; where its value is shown, as ``number`` writes it."""
        return self.show(symbol) if self.show else number(symbol.number)

    def constant(self, number: float) -> str:
        """A number in a formula: in brackets where it is negative."""
        return self.bracket(self.number(number)) if number < 0 else self.number(number)

    def add_figures(self, by: int) -> Notation:
        """The same with ``by`` more figures."""
        other = copy(self)
        other.figures = self.figures.add_figures(by)
        return other

    @abstractmethod
    def number(self, number: float) -> str:
        """A number alone."""

    @abstractmethod
    def bracket(self, text: str) -> str:
        """What is written, in brackets."""

    @abstractmethod
    def quotient(self, above: Expression, below: Expression) -> Written:
        """One formula over another."""

    @abstractmethod
    def power(self, base: Expression, exponent: Expression) -> str:
        """One formula to the power of another."""

    @abstractmethod
    def call(self, function: str, arguments: tuple[Expression, ...]) -> str:
        """A function of formulas."""

    @abstractmethod
    def rest(self, count: int, value: float) -> str:
        """The terms of a sum that are not written."""

    def _sum(self, terms: tuple[Expression, ...]) -> str:
        shown, rest = largest_terms(terms, self.most)
        text = ""
        for i, term in enumerate(shown):
            negative = isinstance(term, Negative)
            body = self.inside(term.inside if isinstance(term, Negative) else term, PRODUCT)
            sign = (self.minus if negative else self.plus) if i else (self.negative if negative else "")
            text += sign + body
        if rest:
            text += self.plus + self.rest(len(rest), math.fsum(term.value for term in rest))
        return text


def largest_terms(terms: tuple[Expression, ...], most: int) -> tuple[list[Expression], list[Expression]]:
    """The ``most`` largest terms, and the rest, both in their order. One alone is no rest: it is shown."""
    if len(terms) <= most + 1:
        return list(terms), []
    largest = set(sorted(range(len(terms)), key=lambda i: -abs(terms[i].value))[:most])
    shown = [term for i, term in enumerate(terms) if i in largest]
    return shown, [term for i, term in enumerate(terms) if i not in largest]


def evaluate_terms(formula: Expression) -> Expression | None:
    """A sum with each of its terms evaluated to a number.

    None for a formula that is no sum, one whose terms are numbers already, or one of which a single term is left.
    """
    if not isinstance(formula, Sum) or all(map(_is_number, formula.terms)):
        return None
    if sum(term.value != 0.0 for term in formula.terms) < 2:
        return None
    return Sum(tuple(_signed_constant(term.value) for term in formula.terms))


def _is_number(term: Expression) -> bool:
    """Whether a term of a sum is a single number."""
    return isinstance(term.inside if isinstance(term, Negative) else term, (Symbol, Constant))


def _signed_constant(number: float) -> Expression:
    return Negative(Constant(-number)) if number < 0 else Constant(number)


def rows(formula: Expression | None, value: float, symbols: Notation, numbers: Notation) -> list[str]:
    """A step in rows: with symbols, with numbers, with the terms of a sum evaluated, and its value.

    Where nearly equal numbers are subtracted they have as many more figures as cancel.
    """
    result = numbers.number(value)
    if formula is None:
        return [result]
    fine = numbers.add_figures(cancelled_digits(formula))
    terms = evaluate_terms(formula)
    all_ = [
        symbols.without_brackets(formula),
        fine.without_brackets(formula),
        *([fine.write(terms)] if terms else []),
        result,
    ]
    return list(dict.fromkeys(all_))
