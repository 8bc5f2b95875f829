"""The hyperbolic tangent in three straight pieces."""

from __future__ import annotations

from pellucid import ops
from pellucid.layers.activations.activation import Activation
from pellucid.types import Array


class HardTanh(Activation):
    """``y = x``, cut off at -1 and 1, with ``dy/dx = 1`` where ``|x| < 1`` and 0 elsewhere, at -1 and 1 too.

    Shapes: any; each number alone. Source: Collobert 2004, "Large scale machine learning".
    """

    formula = r"f(x) = \max(-1, \min(1, x))"
    derivative_formula = r"f'(x) = [|x| < 1]"
    output_range = (-1.0, 1.0)
    saturates = "for |x| > 1: the derivative is exactly 0"
    can_die = "yes: a unit whose pre-activation is beyond -1 or 1 for every example gets no gradient and stays as it is"

    def function(self, x: Array) -> Array:
        xp = ops.namespace(x)
        return xp.where(x <= -1, -1.0, xp.where(x >= 1, 1.0, x))

    def derivative(self, x: Array, y: Array) -> Array:
        return (abs(x) < 1).astype(x.dtype)
