"""Half the squared error, summed over the outputs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pellucid.layer import Loss
from pellucid.losses.target import like_outputs

if TYPE_CHECKING:
    from jaxtyping import Float

    from pellucid.types import Array


class HalfSquaredError(Loss):
    """``E = 1/2 sum_k (d_k - o_k)^2`` for each example; its gradient is plainly ``o - d``.

    Shapes: outputs y (B, K), targets (B, K), value (B,). Unit: that of the targets, squared.
    Raises ShapeError where targets are not shaped like the outputs. Source: Rumelhart, Hinton and Williams 1986,
    "Learning representations by back-propagating errors", eq. 3.
    """

    def value(self, y: Float[Array, "B *K"], target: Float[Array, "B *K"]) -> Float[Array, " B"]:
        error = y - like_outputs(self, y, target)
        return 0.5 * (error * error).reshape(y.shape[0], -1).sum(axis=-1)

    def gradient(self, y: Float[Array, "B *K"], target: Float[Array, "B *K"]) -> Float[Array, "B *K"]:
        return y - like_outputs(self, y, target)
