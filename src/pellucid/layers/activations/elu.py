"""The exponential linear unit."""

from __future__ import annotations

from pellucid import ops, validate
from pellucid.layers.activations.activation import Activation
from pellucid.types import Array


class ELU(Activation):
    """``y = x`` where ``x > 0``, else ``alpha (exp(x) - 1)``, with ``dy/dx = 1``, else ``y + alpha``, at 0 too.

    Shapes: any; each number alone. Hyper-parameter: ``alpha``, above 0 (ConfigError); only 1 leaves no kink at 0.
    Source: Clevert, Unterthiner and Hochreiter 2016, "Fast and accurate deep network learning by exponential
    linear units (ELUs)".
    """

    formula = r"f(x) = \max(0, x) + \alpha\,(e^{\min(0, x)} - 1)"
    derivative_formula = r"f'(x) = [x > 0] + [x \leq 0]\,(y + \alpha)"
    saturates = "for x < 0: the derivative fades as alpha e^x; never for x > 0"
    can_die = "hardly: a unit whose pre-activation is far below 0 for every example learns very slowly"

    alpha: float = 1.0

    def __post_init__(self) -> None:
        validate.positive(self, "alpha", self.alpha)

    @property
    def output_range(self) -> tuple[float, float]:
        return (-self.alpha, float("inf"))

    def function(self, x: Array) -> Array:
        xp = ops.namespace(x)
        not_above_0 = xp.where(x > 0, 0.0, x)  # exp must not overflow in the branch that is not taken
        return xp.where(x > 0, x, self.alpha * xp.expm1(not_above_0))

    def derivative(self, x: Array, y: Array) -> Array:
        return ops.namespace(x).where(x > 0, 1.0, y + self.alpha)
