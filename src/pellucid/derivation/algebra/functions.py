"""The functions that a formula may call: exp, ln, max and others."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from pellucid.derivation.algebra.expression import Expression, Operand, as_expression

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


def call(function: str, *arguments: Operand) -> Expression:
    """``function`` of the arguments: one of FUNCTIONS."""
    return Call(function, tuple(map(as_expression, arguments)))
