"""Formulas as values: one tree that is worked out, and shown with symbols or with numbers in their place."""

from __future__ import annotations

import ast
import math
import operator
from abc import abstractmethod
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

Operand: TypeAlias = "Expression | float"


class Expression:
    """A formula over numbers that have names. Python's operators build it: ``1 / (1 + exp(-net))``."""

    __slots__ = ()  # a derivation has many thousands

    @property
    @abstractmethod
    def value(self) -> float:
        """What comes out, in double precision."""

    @property
    def scale(self) -> float:
        """The size of the largest number that was added up on the way: what rounding is relative to."""
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
        return total([self, _as_expression(other)])

    def __radd__(self, other: Operand) -> Expression:
        return total([_as_expression(other), self])

    def __sub__(self, other: Operand) -> Expression:
        return total([self, Negative(_as_expression(other))])

    def __rsub__(self, other: Operand) -> Expression:
        return total([_as_expression(other), Negative(self)])

    def __mul__(self, other: Operand) -> Expression:
        return product([self, _as_expression(other)])

    def __rmul__(self, other: Operand) -> Expression:
        return product([_as_expression(other), self])

    def __truediv__(self, other: Operand) -> Expression:
        return Quotient(self, _as_expression(other))

    def __rtruediv__(self, other: Operand) -> Expression:
        return Quotient(_as_expression(other), self)

    def __pow__(self, exponent: Operand) -> Expression:
        return Power(self, _as_expression(exponent))

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

    @property
    def scale(self) -> float:
        return abs(self.number)

    def symbols(self) -> Iterator[Symbol]:
        yield self


@dataclass(frozen=True, slots=True)
class Constant(Expression):
    """A number that stands in the formula itself, such as the 1 in ``1 - out``."""

    number: float

    @property
    def value(self) -> float:
        return self.number

    @property
    def scale(self) -> float:
        return abs(self.number)


@dataclass(frozen=True, slots=True)
class Sum(Expression):
    """Terms added up, exactly: so their order, and which of them are shown alone, does not matter."""

    terms: tuple[Expression, ...]

    @property
    def value(self) -> float:
        return _finite_sum([term.value for term in self.terms])

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


FUNCTIONS: dict[str, Callable[..., float]] = {
    "exp": math.exp,
    "ln": math.log,
    "sqrt": math.sqrt,
    "tanh": math.tanh,
    "erf": math.erf,
    "abs": abs,
    "max": max,
    "min": min,
    "sign": lambda x: float((x > 0) - (x < 0)),
}
"""The functions that a formula may call."""


@dataclass(frozen=True, slots=True)
class Call(Expression):
    """A function of one formula or several."""

    function: str
    arguments: tuple[Expression, ...]

    @property
    def value(self) -> float:
        try:
            return FUNCTIONS[self.function](*(argument.value for argument in self.arguments))
        except OverflowError:
            return math.inf

    @property
    def parts(self) -> tuple[Expression, ...]:
        return self.arguments


def total(terms: list[Expression]) -> Expression:
    """The sum of the terms; sums among them are taken apart, and a single term stays as it is."""
    flat = [inner for term in terms for inner in (term.terms if isinstance(term, Sum) else (term,))]
    return flat[0] if len(flat) == 1 else Sum(tuple(flat)) if flat else Constant(0.0)


def product(factors: list[Expression]) -> Expression:
    """The product of the factors; products among them are taken apart, and a single factor stays as it is."""
    flat = [inner for factor in factors for inner in (factor.factors if isinstance(factor, Product) else (factor,))]
    return flat[0] if len(flat) == 1 else Product(tuple(flat)) if flat else Constant(1.0)


def call(function: str, *arguments: Operand) -> Expression:
    """``function`` of the arguments: one of FUNCTIONS."""
    return Call(function, tuple(map(_as_expression, arguments)))


def _as_expression(given: Operand) -> Expression:
    return given if isinstance(given, Expression) else Constant(float(given))


def _finite_sum(values: list[float]) -> float:
    try:
        return math.fsum(values)
    except (OverflowError, ValueError):  # infinities
        return sum(values)


def parse(formula: str, values: Mapping[str, float]) -> Expression:
    """The expression of a formula written as text in Python's arithmetic, such as an update rule has.

    Names stand for ``values``. Raises ValueError for anything but numbers, names, arithmetic and FUNCTIONS.
    """
    return _parsed(ast.parse(formula, mode="eval").body, values)


def _parsed(node: ast.expr, values: Mapping[str, float]) -> Expression:
    match node:
        case ast.Constant(value=int() | float() as number):
            return Constant(float(number))
        case ast.Name(id=name):
            return Symbol(name, float(values[name]))
        case ast.UnaryOp(op=ast.USub(), operand=inside):
            return -_parsed(inside, values)
        case ast.BinOp(left=left, op=ast.Pow(), right=exponent):
            return Power(_parsed(left, values), _parsed(exponent, values))
        case ast.BinOp(left=left, op=op, right=right) if type(op) in ARITHMETIC:
            return ARITHMETIC[type(op)](_parsed(left, values), _parsed(right, values))
        case ast.Call(func=ast.Name(id=name), args=arguments):
            known = {"maximum": "max", "minimum": "min"}.get(name, name)
            return Call(known, tuple(_parsed(argument, values) for argument in arguments))
    raise ValueError(f"a formula cannot have {ast.unparse(node)}")


ARITHMETIC: dict[type[ast.operator], Callable[[Expression, Expression], Expression]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}
