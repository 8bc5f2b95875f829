"""The absolute error, averaged over the outputs."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from pellucid import ops
from pellucid.layer import Loss
from pellucid.losses.target import like_outputs

if TYPE_CHECKING:
    from jaxtyping import Float

    from pellucid.types import Array


class MeanAbsoluteError(Loss):
    """``E = 1/K sum_k |o_k - d_k|`` for each example, with ``dE/do_k = 1/K sign(o_k - d_k)``, 0 where they agree.

    A far-off target pulls no harder than a near one: the best constant answer is the median, not the mean.
    Shapes: outputs y and targets (B, ...), K being the number of outputs of one example; value (B,). Unit: that of
    the targets. Raises ShapeError where targets are not shaped like the outputs. Source: Laplace 1774.
    """

    def value(self, y: Float[Array, "B *K"], target: Float[Array, "B *K"]) -> Float[Array, " B"]:
        error = y - like_outputs(self, y, target)
        return abs(error).reshape(y.shape[0], -1).mean(axis=-1)

    def gradient(self, y: Float[Array, "B *K"], target: Float[Array, "B *K"]) -> Float[Array, "B *K"]:
        error = y - like_outputs(self, y, target)
        return ops.namespace(y).sign(error) / math.prod(y.shape[1:])
