"""The Huber loss: squared error near the target, absolute error far from it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from pellucid import ops, validate
from pellucid.layer import Loss
from pellucid.losses.target import like_outputs

if TYPE_CHECKING:
    from jaxtyping import Float

    from pellucid.types import Array


class Huber(Loss):
    """``E = 1/K sum_k h(e_k)``, ``e = o - d``: ``h = e^2 / 2`` where ``|e| <= delta``, else ``delta (|e| - delta/2)``.

    With ``c``, the error cut off at -delta and delta, both pieces are ``h = c (e - c/2)``, and ``h' = c``: no target,
    however far off, pulls harder than delta.
    Shapes: outputs y and targets (B, ...), K being the number of outputs of one example; value (B,).
    Hyper-parameter: ``delta``, in the unit of the targets, above 0 (ConfigError). Raises ShapeError where targets are
    not shaped like the outputs. Source: Huber 1964, "Robust estimation of a location parameter".
    """

    delta: float = 1.0

    def __post_init__(self) -> None:
        validate.positive(self, "delta", self.delta)

    def value(self, y: Float[Array, "B *K"], target: Float[Array, "B *K"]) -> Float[Array, " B"]:
        error = y - like_outputs(self, y, target)
        cut = ops.namespace(y).clip(error, -self.delta, self.delta)
        return (cut * (error - 0.5 * cut)).reshape(y.shape[0], -1).mean(axis=-1)

    def gradient(self, y: Float[Array, "B *K"], target: Float[Array, "B *K"]) -> Float[Array, "B *K"]:
        error = y - like_outputs(self, y, target)
        return ops.namespace(y).clip(error, -self.delta, self.delta) / math.prod(y.shape[1:])
