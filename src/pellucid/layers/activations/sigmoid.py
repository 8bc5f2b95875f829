"""The logistic sigmoid."""

from __future__ import annotations

from pellucid import ops
from pellucid.layers.activations.activation import Activation
from pellucid.types import Array


class Sigmoid(Activation):
    """``y = 1 / (1 + exp(-x))``, with ``dy/dx = y (1 - y)``, at most 1/4.

    Shapes: any; each number alone. Output between 0 and 1, never centred on 0.
    """

    formula = r"\sigma(x) = \frac{1}{1 + e^{-x}}"
    derivative_formula = r"\sigma'(x) = y\,(1 - y)"
    output_range = (0.0, 1.0)
    saturates = "at both ends: beyond |x| = 4 the derivative is below 0.02"
    can_die = "no, but a saturated unit learns very slowly"

    def function(self, x: Array) -> Array:
        return ops.sigmoid(x)

    def derivative(self, x: Array, y: Array) -> Array:
        return y * (1.0 - y)
