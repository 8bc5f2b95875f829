"""The L1 penalty on outputs, which keeps units inactive."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pellucid import ops, validate
from pellucid.layer import Loss

if TYPE_CHECKING:
    from jaxtyping import Float

    from pellucid.types import Array


class ActivityL1(Loss):
    """``E = s sum_k |y_k|`` for each example, with ``dE/dy_k = s sign(y_k)``, 0 at 0: few units stay active.

    It needs no target: in a ``LossSum``, beside the term of another output, it makes a code sparse.
    ``strength`` is s. Shapes: outputs y (B, ...); value (B,), summed over the outputs. Raises ConfigError unless s is
    at least 0. Source: Olshausen and Field 1996, "Emergence of simple-cell receptive field properties by learning a
    sparse code for natural images", where it is one of three measures of sparseness.
    """

    uses_target = False

    strength: float

    def __post_init__(self) -> None:
        validate.non_negative(self, "strength", self.strength)

    def value(self, y: Float[Array, "B *K"], target: None = None) -> Float[Array, " B"]:
        return self.strength * abs(y).reshape(y.shape[0], -1).sum(axis=-1)

    def gradient(self, y: Float[Array, "B *K"], target: None = None) -> Float[Array, "B *K"]:
        return self.strength * ops.namespace(y).sign(y)
