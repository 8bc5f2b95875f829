"""The Gaussian error linear unit."""

from __future__ import annotations

import math

from pellucid import ops
from pellucid.layers.activations.activation import Activation
from pellucid.types import Array


class GELU(Activation):
    """``y = x P(x)`` with ``P(x) = (1 + erf(x / sqrt 2)) / 2``, the chance that a standard normal number is below x.

    ``dy/dx = P(x) + x p(x)`` with the density ``p(x) = exp(-x^2 / 2) / sqrt(2 pi)``. This is the exact form, not its
    approximation by tanh. Shapes: any; each number alone. Source: Hendrycks and Gimpel 2016, "Gaussian error linear
    units (GELUs)", section 2.
    """

    formula = r"f(x) = x\,\Phi(x) = \frac{x}{2}\,(1 + \mathrm{erf}(\frac{x}{\sqrt{2}}))"
    derivative_formula = r"f'(x) = \Phi(x) + x\,\frac{e^{-x^2 / 2}}{\sqrt{2 \pi}}"
    output_range = (-0.16997120747990369, float("inf"))
    saturates = "for x < -3: the derivative is nearly 0; never for x > 0"
    can_die = "hardly: a unit whose pre-activation is far below 0 for every example learns very slowly"

    def function(self, x: Array) -> Array:
        return x * normal_below(x)

    def derivative(self, x: Array, y: Array) -> Array:
        density = ops.namespace(x).exp(-0.5 * x * x) / math.sqrt(2.0 * math.pi)
        return normal_below(x) + x * density


def normal_below(x: Array) -> Array:
    """The chance that a standard normal number is below ``x``."""
    return 0.5 * (1.0 + ops.erf(x / math.sqrt(2.0)))
