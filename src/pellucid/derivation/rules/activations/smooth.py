"""Smooth activations: each has a slope everywhere."""

from __future__ import annotations

import math

from pellucid.derivation.algebra.expression import Constant, Expression, Symbol
from pellucid.derivation.algebra.functions import call
from pellucid.derivation.rules.activations.elementwise import ElementwiseRule, sigmoid
from pellucid.derivation.rules.rule import View


class SigmoidRule(ElementwiseRule):
    """``y = 1 / (1 + exp(-x))``, ``dy/dx = y (1 - y)``."""

    def function(self, view: View, x: Symbol) -> Expression:
        return sigmoid(x)

    def slope(self, view: View, x: Symbol, y: Symbol) -> Expression:
        return y * (1.0 - y)

    def why(self, view: View) -> str:
        return "the logistic function maps any pre-activation to a number between 0 and 1"

    def why_slope(self, view: View) -> str:
        return "the logistic function's slope is out (1 - out): steepest, a quarter, where out is a half"


class TanhRule(ElementwiseRule):
    """``y = tanh(x)``, ``dy/dx = 1 - y^2``."""

    def function(self, view: View, x: Symbol) -> Expression:
        return call("tanh", x)

    def slope(self, view: View, x: Symbol, y: Symbol) -> Expression:
        return 1.0 - y**2

    def why(self, view: View) -> str:
        return "tanh maps any pre-activation to a number between -1 and 1"

    def why_slope(self, view: View) -> str:
        return "the slope of tanh is 1 - out^2: steepest, 1, where out is 0"


class GELURule(ElementwiseRule):
    """``y = x P(x)``, ``dy/dx = P(x) + x p(x)``, with P the normal distribution and p its density."""

    def function(self, view: View, x: Symbol) -> Expression:
        return x * _normal_below(x)

    def slope(self, view: View, x: Symbol, y: Symbol) -> Expression:
        density = call("exp", -(x**2) / 2.0) / call("sqrt", 2.0 * Symbol("pi", math.pi))
        return _normal_below(x) + x * density

    def why(self, view: View) -> str:
        return "the pre-activation times the probability that a standard normal number is below it"

    def why_slope(self, view: View) -> str:
        return "the product rule: the slope of x times the probability, and of the probability, the density, times x"


class SiLURule(ElementwiseRule):
    """``y = x s``, ``dy/dx = s + y (1 - s)``, with ``s = 1 / (1 + exp(-x))``."""

    def function(self, view: View, x: Symbol) -> Expression:
        return x * sigmoid(x)

    def slope(self, view: View, x: Symbol, y: Symbol) -> Expression:
        return sigmoid(x) + y * (1.0 - sigmoid(x))

    def why(self, view: View) -> str:
        return "the pre-activation times its own logistic function, which acts as a gate"

    def why_slope(self, view: View) -> str:
        return (
            "the product rule: the slope of x times s, and the slope of s, which is s (1 - s), times x; and x s is out"
        )


class SoftplusRule(ElementwiseRule):
    """``y = ln(1 + exp(x))``, ``dy/dx = 1 / (1 + exp(-x))``."""

    largest = 30.0
    """Above it ``x + ln(1 + exp(-x))`` is written, which is the same and cannot overflow."""

    def function(self, view: View, x: Symbol) -> Expression:
        if x.number > self.largest:
            return x + call("ln", 1.0 + call("exp", -x))
        return call("ln", 1.0 + call("exp", x))

    def slope(self, view: View, x: Symbol, y: Symbol) -> Expression:
        return sigmoid(x)

    def why(self, view: View) -> str:
        return "a rectifier without a kink: nearly 0 far below 0, nearly x far above"

    def why_slope(self, view: View) -> str:
        return "the slope of ln(1 + exp(x)) is exp(x) / (1 + exp(x)), the logistic function"


class IdentityRule(ElementwiseRule):
    """``y = x``, ``dy/dx = 1``."""

    def function(self, view: View, x: Symbol) -> Expression:
        return x

    def slope(self, view: View, x: Symbol, y: Symbol) -> Expression:
        return Constant(1.0)

    def why(self, view: View) -> str:
        return "the output is the input"

    def why_slope(self, view: View) -> str:
        return "the output is the input, so the slope is 1"


def _normal_below(x: Symbol) -> Expression:
    return (1.0 + call("erf", x / call("sqrt", 2.0))) / 2.0
