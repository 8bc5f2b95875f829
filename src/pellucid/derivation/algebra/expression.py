"""Formulas as values: one tree that is evaluated, and written with symbols or with numbers in their place."""

from __future__ import annotations

import math
from abc import abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

Operand: TypeAlias = "Expression | float"


class Expression:
    """A formula over named numbers. Python's operators build it: ``1 / (1 + exp(-net))``."""

    __slots__ = ()  # a derivation has many thousands

    @property
    @abstractmethod
    def value(self) -> float:
        """The value in double precision."""

    @property
    def scale(self) -> float:
        """The magnitude of the largest number in the formula: what rounding is relative to."""
        return max([abs(self.value), *(part.scale for part in self.parts)])

    @property
    def parts(self) -> tuple[Expression, ...]:
        """The formulas inside."""
        return ()

    def symbols(self) -> Iterator[Symbol]:
        """Every named number, in the order of the formula."""
        for part in self.parts:
            yield from part.symbols()

    def __add__(self, other: Operand) -> Expression:
        return total([self, as_expression(other)])

    def __radd__(self, other: Operand) -> Expression:
        return total([as_expression(other), self])

    def __sub__(self, other: Operand) -> Expression:
        return total([self, Negative(as_expression(other))])

    def __rsub__(self, other: Operand) -> Expression:
        return total([as_expression(other), Negative(self)])

    def __mul__(self, other: Operand) -> Expression:
        return product([self, as_expression(other)])

    def __rmul__(self, other: Operand) -> Expression:
        return product([as_expression(other), self])

    def __truediv__(self, other: Operand) -> Expression:
        return Quotient(self, as_expression(other))

    def __rtruediv__(self, other: Operand) -> Expression:
        return Quotient(as_expression(other), self)

    def __pow__(self, exponent: Operand) -> Expression:
        return Power(self, as_expression(exponent))

    def __neg__(self) -> Expression:
        return Negative(self)


@dataclass(frozen=True, slots=True)
class Symbol(Expression):
    """A number with a name: ``out_h1``, ``dense_1/W[0, 2]``, ``∂E/∂out_o1``."""

    name: str
    number: float

    @property
    def value(self) -> float:
        return self.number

    def symbols(self) -> Iterator[Symbol]:
        yield self


@dataclass(frozen=True, slots=True)
class Constant(Expression):
    """A number that stands in the formula itself, such as the 1 in ``1 - out``."""

    number: float

    @property
    def value(self) -> float:
        return self.number


@dataclass(frozen=True, slots=True)
class Sum(Expression):
    """Terms added up, exactly: so their order, and which of them are shown alone, does not matter."""

    terms: tuple[Expression, ...]

    @property
    def value(self) -> float:
        values = [term.value for term in self.terms]
        try:
            return math.fsum(values)
        except (OverflowError, ValueError):  # infinities
            return sum(values)

    @property
    def parts(self) -> tuple[Expression, ...]:
        return self.terms


@dataclass(frozen=True, slots=True)
class Product(Expression):
    """Factors multiplied."""

    factors: tuple[Expression, ...]

    @property
    def value(self) -> float:
        return math.prod(factor.value for factor in self.factors)

    @property
    def parts(self) -> tuple[Expression, ...]:
        return self.factors


@dataclass(frozen=True, slots=True)
class Quotient(Expression):
    """One formula over another."""

    above: Expression
    below: Expression

    @property
    def value(self) -> float:
        below = self.below.value
        return self.above.value / below if below else math.nan

    @property
    def scale(self) -> float:
        """Rounding goes with the quotient: what is lost above or below, relative to each."""
        losses = [part.scale / abs(part.value) for part in self.parts if part.value]
        return abs(self.value) * max(losses) if len(losses) == 2 else max(part.scale for part in self.parts)

    @property
    def parts(self) -> tuple[Expression, ...]:
        return (self.above, self.below)


@dataclass(frozen=True, slots=True)
class Power(Expression):
    """One formula to the power of another."""

    base: Expression
    exponent: Expression

    @property
    def value(self) -> float:
        try:
            return float(self.base.value**self.exponent.value)
        except OverflowError:
            return math.inf

    @property
    def parts(self) -> tuple[Expression, ...]:
        return (self.base, self.exponent)


@dataclass(frozen=True, slots=True)
class Negative(Expression):
    """Minus a formula."""

    inside: Expression

    @property
    def value(self) -> float:
        return -self.inside.value

    @property
    def parts(self) -> tuple[Expression, ...]:
        return (self.inside,)


def total(terms: list[Expression]) -> Expression:
    """The sum of the terms; nested sums are flattened, and a single term stays as it is."""
    flat = [inner for term in terms for inner in (term.terms if isinstance(term, Sum) else (term,))]
    return flat[0] if len(flat) == 1 else Sum(tuple(flat)) if flat else Constant(0.0)


def product(factors: list[Expression]) -> Expression:
    """The product of the factors; nested products are flattened, and a single factor stays as it is."""
    flat = [inner for factor in factors for inner in (factor.factors if isinstance(factor, Product) else (factor,))]
    return flat[0] if len(flat) == 1 else Product(tuple(flat)) if flat else Constant(1.0)


def as_expression(operand: Operand) -> Expression:
    """The operand itself, or the constant that a number is."""
    return operand if isinstance(operand, Expression) else Constant(float(operand))
