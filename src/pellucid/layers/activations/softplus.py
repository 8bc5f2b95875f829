"""The smooth rectifier."""

from __future__ import annotations

from pellucid import ops
from pellucid.layers.activations.activation import Activation
from pellucid.types import Array


class Softplus(Activation):
    """``y = ln(1 + exp(x))``, with ``dy/dx = sigmoid(x)``: a ReLU without a kink, always above it, by ln 2 at 0.

    Shapes: any; each number alone. Source: Dugas, Bengio, Bélisle, Nadeau and Garcia 2001, "Incorporating
    second-order functional knowledge for better option pricing".
    """

    formula = r"f(x) = \ln(1 + e^{x})"
    derivative_formula = r"f'(x) = \sigma(x) = \frac{1}{1 + e^{-x}}"
    output_range = (0.0, float("inf"))
    saturates = "for x < 0: the derivative fades as e^x; never for x > 0"
    can_die = "hardly: a unit whose pre-activation is far below 0 for every example learns very slowly"

    def function(self, x: Array) -> Array:
        return softplus(x)

    def derivative(self, x: Array, y: Array) -> Array:
        return ops.sigmoid(x)


def softplus(x: Array) -> Array:
    """``ln(1 + exp(x))`` without overflow: ``max(0, x) + ln(1 + exp(-|x|))``."""
    xp = ops.namespace(x)
    return xp.maximum(x, 0.0) + xp.log1p(xp.exp(xp.minimum(x, -x)))  # -|x|, with derivative 0 at 0
