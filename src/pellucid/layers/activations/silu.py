"""The sigmoid-weighted linear unit, also called swish."""

from __future__ import annotations

from pellucid import ops
from pellucid.layers.activations.activation import Activation
from pellucid.types import Array


class SiLU(Activation):
    """``y = x s`` with ``s = sigmoid(x)``, and ``dy/dx = s + y (1 - s)``.

    Shapes: any; each number alone. Source: Elfwing, Uchibe and Doya 2018, "Sigmoid-weighted linear units for neural
    network function approximation in reinforcement learning".
    """

    formula = r"f(x) = x\,\sigma(x) = \frac{x}{1 + e^{-x}}"
    derivative_formula = r"f'(x) = \sigma(x) + y\,(1 - \sigma(x))"
    output_range = (-0.27846454276107380, float("inf"))
    saturates = "for x < -6: the derivative is nearly 0; never for x > 0"
    can_die = "hardly: a unit whose pre-activation is far below 0 for every example learns very slowly"

    def function(self, x: Array) -> Array:
        return x * ops.sigmoid(x)

    def derivative(self, x: Array, y: Array) -> Array:
        s = ops.sigmoid(x)
        return s + y * (1.0 - s)
