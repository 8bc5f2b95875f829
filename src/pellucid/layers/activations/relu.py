"""The rectified linear unit."""

from __future__ import annotations

from pellucid import ops
from pellucid.layers.activations.activation import Activation
from pellucid.types import Array


class ReLU(Activation):
    """``y = max(0, x)``, with ``dy/dx = 1`` where ``x > 0`` and 0 elsewhere, at 0 too.

    Shapes: any; each number alone. Source: Nair and Hinton 2010, "Rectified linear units improve restricted
    Boltzmann machines".
    """

    formula = r"f(x) = \max(0, x)"
    derivative_formula = r"f'(x) = [x > 0]"
    output_range = (0.0, float("inf"))
    saturates = "for x < 0: the derivative is exactly 0; never for x > 0"
    can_die = "yes: a unit whose pre-activation is negative for every example gets no gradient and stays silent"

    def function(self, x: Array) -> Array:
        return ops.namespace(x).where(x <= 0, 0.0, x)

    def derivative(self, x: Array, y: Array) -> Array:
        return (x > 0).astype(x.dtype)
