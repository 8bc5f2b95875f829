"""Elementwise activations: each number alone."""

from __future__ import annotations

import math
from abc import abstractmethod
from collections.abc import Iterator

from pellucid.derivation.algebra.expression import Constant, Expression, Symbol, call
from pellucid.derivation.rules.rule import Index, Link, Rule, View
from pellucid.layers.activations.selu import ALPHA, SCALE


class ElementwiseRule(Rule):
    """``y = f(x)`` for each number alone, so an input moves one output, by ``f'(x)``."""

    def output(self, view: View, index: Index, path: str = "") -> Expression | None:
        return self.function(view, view.x(index, path))

    def by_input(self, view: View, index: Index, path: str = "") -> Iterator[Link]:
        yield Link(view.entry(index, path), self.slope(view, view.x(index, path), view.y(index, path)))

    @abstractmethod
    def function(self, view: View, x: Symbol) -> Expression:
        """``f(x)``."""

    @abstractmethod
    def slope(self, view: View, x: Symbol, y: Symbol) -> Expression:
        """``f'(x)``, by whichever of x and y is shorter."""


class PiecewiseRule(ElementwiseRule):
    """An activation made of pieces: it is said in which of them x is."""

    def why_at(self, view: View, index: Index, path: str = "") -> str:
        return f"{self.why(view)}: {self.piece(view.x(index, path))}"

    def why_input(self, view: View, index: Index, path: str = "") -> str:
        return f"{self.why_slope(view)}: {self.piece(view.x(index, path))}"

    def piece(self, x: Symbol) -> str:
        """Where x is, as the end of a sentence."""
        return f"here it is {'above 0' if x.number > 0 else 'not above 0'}"


class SigmoidRule(ElementwiseRule):
    """``y = 1 / (1 + exp(-x))``, ``dy/dx = y (1 - y)``."""

    def function(self, view: View, x: Symbol) -> Expression:
        return sigmoid(x)

    def slope(self, view: View, x: Symbol, y: Symbol) -> Expression:
        return y * (1.0 - y)

    def why(self, view: View) -> str:
        return "the logistic function brings any net input between 0 and 1"

    def why_slope(self, view: View) -> str:
        return "the logistic function's slope is out (1 - out): steepest, a quarter, where out is a half"


class TanhRule(ElementwiseRule):
    """``y = tanh(x)``, ``dy/dx = 1 - y^2``."""

    def function(self, view: View, x: Symbol) -> Expression:
        return call("tanh", x)

    def slope(self, view: View, x: Symbol, y: Symbol) -> Expression:
        return 1.0 - y**2

    def why(self, view: View) -> str:
        return "tanh brings any net input between -1 and 1"

    def why_slope(self, view: View) -> str:
        return "the slope of tanh is 1 - out^2: steepest, 1, where out is 0"


class ReLURule(PiecewiseRule):
    """``y = max(0, x)``, ``dy/dx = 1`` where x is above 0, else 0."""

    def function(self, view: View, x: Symbol) -> Expression:
        return call("max", 0.0, x)

    def slope(self, view: View, x: Symbol, y: Symbol) -> Expression:
        return Constant(1.0 if x.number > 0 else 0.0)

    def why(self, view: View) -> str:
        return "what is above 0 passes, the rest is 0"

    def why_slope(self, view: View) -> str:
        return "the slope is 1 where the net input is above 0 and 0 elsewhere, so a silent unit passes nothing back"


class LeakyReLURule(PiecewiseRule):
    """``y = x`` where x is above 0, else ``slope x``; ``dy/dx = 1``, else ``slope``."""

    def function(self, view: View, x: Symbol) -> Expression:
        return x if x.number > 0 else view.layer.slope * x

    def slope(self, view: View, x: Symbol, y: Symbol) -> Expression:
        return Constant(1.0 if x.number > 0 else view.layer.slope)

    def why(self, view: View) -> str:
        return f"what is above 0 passes, the rest leaks through, times {view.layer.slope:g}"

    def why_slope(self, view: View) -> str:
        return f"the slope is 1 where the net input is above 0 and {view.layer.slope:g} elsewhere"


class ELURule(PiecewiseRule):
    """``y = x`` where x is above 0, else ``alpha (exp(x) - 1)``; ``dy/dx = 1``, else ``y + alpha``."""

    def function(self, view: View, x: Symbol) -> Expression:
        return x if x.number > 0 else view.layer.alpha * (call("exp", x) - 1.0)

    def slope(self, view: View, x: Symbol, y: Symbol) -> Expression:
        return Constant(1.0) if x.number > 0 else y + view.layer.alpha

    def why(self, view: View) -> str:
        return f"what is above 0 passes, the rest bends towards {-view.layer.alpha:g}"

    def why_slope(self, view: View) -> str:
        return "the slope is 1 where the net input is above 0, elsewhere alpha exp(x), which is out + alpha"


class SELURule(PiecewiseRule):
    """``y = scale x`` where x is above 0, else ``scale alpha (exp(x) - 1)``."""

    def function(self, view: View, x: Symbol) -> Expression:
        scale, alpha = Symbol("scale", SCALE), Symbol("alpha", ALPHA)
        return scale * x if x.number > 0 else scale * alpha * (call("exp", x) - 1.0)

    def slope(self, view: View, x: Symbol, y: Symbol) -> Expression:
        scale, alpha = Symbol("scale", SCALE), Symbol("alpha", ALPHA)
        return scale if x.number > 0 else y + scale * alpha

    def why(self, view: View) -> str:
        return "an ELU times a scale: with these two constants, layer after layer keeps mean 0 and variance 1"

    def why_slope(self, view: View) -> str:
        return "the slope is the scale where the net input is above 0, elsewhere out + scale alpha"


class GELURule(ElementwiseRule):
    """``y = x P(x)``, ``dy/dx = P(x) + x p(x)``, with P the normal distribution and p its density."""

    def function(self, view: View, x: Symbol) -> Expression:
        return x * _normal_below(x)

    def slope(self, view: View, x: Symbol, y: Symbol) -> Expression:
        density = call("exp", -(x**2) / 2.0) / call("sqrt", 2.0 * Symbol("pi", math.pi))
        return _normal_below(x) + x * density

    def why(self, view: View) -> str:
        return "the net input times the chance that a standard normal number is below it"

    def why_slope(self, view: View) -> str:
        return (
            "a product has two slopes: of x, times the chance to be below it; and of that chance, the density, times x"
        )


class SiLURule(ElementwiseRule):
    """``y = x s``, ``dy/dx = s + y (1 - s)``, with ``s = 1 / (1 + exp(-x))``."""

    def function(self, view: View, x: Symbol) -> Expression:
        return x * sigmoid(x)

    def slope(self, view: View, x: Symbol, y: Symbol) -> Expression:
        return sigmoid(x) + y * (1.0 - sigmoid(x))

    def why(self, view: View) -> str:
        return "the net input times its own logistic function: a gate that it opens itself"

    def why_slope(self, view: View) -> str:
        return "a product has two slopes: of x, times s; and of s, which is s (1 - s), times x; and x s is out"


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


class HardTanhRule(PiecewiseRule):
    """``y = x``, cut off at -1 and 1; ``dy/dx = 1`` between them, else 0."""

    def function(self, view: View, x: Symbol) -> Expression:
        return call("max", -1.0, call("min", 1.0, x))

    def slope(self, view: View, x: Symbol, y: Symbol) -> Expression:
        return Constant(1.0 if abs(x.number) < 1 else 0.0)

    def why(self, view: View) -> str:
        return "what is between -1 and 1 passes, the rest is cut off there"

    def why_slope(self, view: View) -> str:
        return "the slope is 1 between -1 and 1 and 0 elsewhere, where the output stays the same"

    def piece(self, x: Symbol) -> str:
        return f"here it is {'between them' if abs(x.number) < 1 else 'not between them'}"


class StepRule(PiecewiseRule):
    """``y = 1`` where x is above 0, else 0; no slope anywhere."""

    def function(self, view: View, x: Symbol) -> Expression:
        return Constant(1.0 if x.number > 0 else 0.0)

    def slope(self, view: View, x: Symbol, y: Symbol) -> Expression:
        return Constant(0.0)

    def why(self, view: View) -> str:
        return "the unit fires, 1, where its net input is above 0; else it does not, 0"

    def why_slope(self, view: View) -> str:
        return (
            "a step is flat, so its slope is 0, and where it jumps it has none: nothing below it can be learned by "
            "gradients"
        )


class IdentityRule(ElementwiseRule):
    """``y = x``, ``dy/dx = 1``."""

    def function(self, view: View, x: Symbol) -> Expression:
        return x

    def slope(self, view: View, x: Symbol, y: Symbol) -> Expression:
        return Constant(1.0)

    def why(self, view: View) -> str:
        return "it passes as it is"

    def why_slope(self, view: View) -> str:
        return "the output is the input, so it moves as much"


def sigmoid(x: Expression) -> Expression:
    """``1 / (1 + exp(-x))``."""
    return 1.0 / (1.0 + call("exp", -x))


def _normal_below(x: Symbol) -> Expression:
    return (1.0 + call("erf", x / call("sqrt", 2.0))) / 2.0
