"""The rectified linear unit with a leak."""

from __future__ import annotations

from pellucid import ops, validate
from pellucid.layers.activations.activation import Activation
from pellucid.types import Array


class LeakyReLU(Activation):
    """``y = x`` where ``x > 0``, else ``slope x``, with ``dy/dx = 1``, else ``slope``, at 0 too.

    Shapes: any; each number alone. Hyper-parameter: ``slope``, above 0 (ConfigError). Source: Maas, Hannun and Ng
    2013, "Rectifier nonlinearities improve neural network acoustic models".
    """

    formula = r"f(x) = \max(0, x) + a\,\min(0, x)"
    derivative_formula = r"f'(x) = [x > 0] + a\,[x \leq 0]"
    output_range = (-float("inf"), float("inf"))
    saturates = "nowhere, but for x < 0 the derivative is only the slope"
    can_die = "no: a negative pre-activation still gets the slope's share of the gradient"

    slope: float = 0.01

    def __post_init__(self) -> None:
        validate.positive(self, "slope", self.slope)

    def function(self, x: Array) -> Array:
        return ops.namespace(x).where(x > 0, x, self.slope * x)

    def derivative(self, x: Array, y: Array) -> Array:
        return ops.namespace(x).where(x > 0, 1.0, self.slope).astype(x.dtype)
