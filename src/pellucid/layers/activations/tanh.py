"""The hyperbolic tangent."""

from __future__ import annotations

from pellucid import ops
from pellucid.layers.activations.activation import Activation
from pellucid.types import Array


class Tanh(Activation):
    """``y = tanh(x)``, with ``dy/dx = 1 - y^2``, at most 1: a sigmoid stretched to be centred on 0.

    Shapes: any; each number alone. ``tanh(x) = 2 sigmoid(2 x) - 1``. Source: LeCun, Bottou, Orr and Müller 1998,
    "Efficient BackProp", section 4.4.
    """

    formula = r"f(x) = \tanh(x) = \frac{e^{x} - e^{-x}}{e^{x} + e^{-x}}"
    derivative_formula = r"f'(x) = 1 - y^2"
    output_range = (-1.0, 1.0)
    saturates = "at both ends: beyond |x| = 3 the derivative is below 0.01"
    can_die = "no, but a saturated unit learns very slowly"

    def function(self, x: Array) -> Array:
        return ops.namespace(x).tanh(x)

    def derivative(self, x: Array, y: Array) -> Array:
        return 1.0 - y * y
