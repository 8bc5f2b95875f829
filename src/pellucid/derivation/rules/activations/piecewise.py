"""Activations made of pieces: which piece an input is on decides the slope."""

from __future__ import annotations

from pellucid.derivation.algebra.expression import Constant, Expression, Symbol
from pellucid.derivation.algebra.functions import call
from pellucid.derivation.rules.activations.elementwise import PiecewiseRule
from pellucid.derivation.rules.rule import View
from pellucid.layers.activations.selu import ALPHA, SCALE


class ReLURule(PiecewiseRule):
    """``y = max(0, x)``, ``dy/dx = 1`` where x is above 0, else 0."""

    def function(self, view: View, x: Symbol) -> Expression:
        return call("max", 0.0, x)

    def slope(self, view: View, x: Symbol, y: Symbol) -> Expression:
        return Constant(1.0 if x.number > 0 else 0.0)

    def why(self, view: View) -> str:
        return "what is above 0 stays as it is, the rest is 0"

    def why_slope(self, view: View) -> str:
        return (
            "the slope is 1 where the pre-activation is above 0 and 0 elsewhere, so an inactive unit passes no gradient"
        )


class LeakyReLURule(PiecewiseRule):
    """``y = x`` where x is above 0, else ``slope x``; ``dy/dx = 1``, else ``slope``."""

    def function(self, view: View, x: Symbol) -> Expression:
        return x if x.number > 0 else view.layer.slope * x

    def slope(self, view: View, x: Symbol, y: Symbol) -> Expression:
        return Constant(1.0 if x.number > 0 else view.layer.slope)

    def why(self, view: View) -> str:
        return f"what is above 0 stays as it is, the rest is multiplied by {view.layer.slope:g}"

    def why_slope(self, view: View) -> str:
        return f"the slope is 1 where the pre-activation is above 0 and {view.layer.slope:g} elsewhere"


class ELURule(PiecewiseRule):
    """``y = x`` where x is above 0, else ``alpha (exp(x) - 1)``; ``dy/dx = 1``, else ``y + alpha``."""

    def function(self, view: View, x: Symbol) -> Expression:
        return x if x.number > 0 else view.layer.alpha * (call("exp", x) - 1.0)

    def slope(self, view: View, x: Symbol, y: Symbol) -> Expression:
        return Constant(1.0) if x.number > 0 else y + view.layer.alpha

    def why(self, view: View) -> str:
        return f"what is above 0 stays as it is, the rest tends to {-view.layer.alpha:g}"

    def why_slope(self, view: View) -> str:
        return "the slope is 1 where the pre-activation is above 0, elsewhere alpha exp(x), which is out + alpha"


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
        return "the slope is the scale where the pre-activation is above 0, elsewhere out + scale alpha"


class HardTanhRule(PiecewiseRule):
    """``y = x``, cut off at -1 and 1; ``dy/dx = 1`` between them, else 0."""

    def function(self, view: View, x: Symbol) -> Expression:
        return call("max", -1.0, call("min", 1.0, x))

    def slope(self, view: View, x: Symbol, y: Symbol) -> Expression:
        return Constant(1.0 if abs(x.number) < 1 else 0.0)

    def why(self, view: View) -> str:
        return "what is between -1 and 1 stays as it is, the rest is clipped to them"

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
        return "the unit fires, 1, where its pre-activation is above 0; else it does not, 0"

    def why_slope(self, view: View) -> str:
        return (
            "a step is constant on both sides of its jump, so its slope is 0: nothing below it can be learned by "
            "gradients"
        )
