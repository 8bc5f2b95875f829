"""The scaled exponential linear unit."""

from __future__ import annotations

from pellucid import ops
from pellucid.layers.activations.activation import Activation
from pellucid.layers.activations.elu import ELU
from pellucid.types import Array

ALPHA = 1.6732632423543772
SCALE = 1.0507009873554805


class SELU(Activation):
    """``y = scale ELU(x)`` with ``dy/dx = scale`` where ``x > 0``, else ``y + scale alpha``, at 0 too.

    ``alpha`` = 1.6733 and ``scale`` = 1.0507 are the one pair for which units with normal pre-activations of mean 0 and
    variance 1 have outputs of mean 0 and variance 1 again. Shapes: any; each number alone. Source: Klambauer,
    Unterthiner, Mayr and Hochreiter 2017, "Self-normalizing neural networks", eq. 2.
    """

    formula = r"f(x) = \lambda\,(\max(0, x) + \alpha\,(e^{\min(0, x)} - 1)),\ \alpha = 1.6733,\ \lambda = 1.0507"
    derivative_formula = r"f'(x) = \lambda\,[x > 0] + [x \leq 0]\,(y + \lambda \alpha)"
    output_range = (-SCALE * ALPHA, float("inf"))
    saturates = "for x < 0: the derivative fades as 1.76 e^x; never for x > 0"
    can_die = "hardly: a unit whose pre-activation is far below 0 for every example learns very slowly"

    def function(self, x: Array) -> Array:
        return SCALE * ELU(ALPHA).function(x)

    def derivative(self, x: Array, y: Array) -> Array:
        return ops.namespace(x).where(x > 0, SCALE, y + SCALE * ALPHA)
