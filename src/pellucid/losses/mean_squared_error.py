"""The squared error, averaged over the outputs."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from pellucid.layer import Loss
from pellucid.losses.target import like_outputs

if TYPE_CHECKING:
    from jaxtyping import Float

    from pellucid.types import Array


class MeanSquaredError(Loss):
    """``E = 1/K sum_k (o_k - d_k)^2`` for each example, with ``dE/do_k = 2/K (o_k - d_k)``.

    Shapes: outputs y and targets (B, ...), K being the number of outputs of one example; value (B,). Unit: that of
    the targets, squared. Raises ShapeError where targets are not shaped like the outputs. Source: Gauss 1809,
    "Theoria motus corporum coelestium".
    """

    def value(self, y: Float[Array, "B *K"], target: Float[Array, "B *K"]) -> Float[Array, " B"]:
        error = y - like_outputs(self, y, target)
        return (error * error).reshape(y.shape[0], -1).mean(axis=-1)

    def gradient(self, y: Float[Array, "B *K"], target: Float[Array, "B *K"]) -> Float[Array, "B *K"]:
        error = y - like_outputs(self, y, target)
        return 2.0 * error / math.prod(y.shape[1:])
