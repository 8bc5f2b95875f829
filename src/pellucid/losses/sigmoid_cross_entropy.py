"""The loss of yes-or-no answers: cross-entropy on logits, sigmoid included."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pellucid import ops, validate
from pellucid.layer import Loss
from pellucid.layers.activations.softplus import softplus
from pellucid.losses.target import check_probabilities, like_outputs

if TYPE_CHECKING:
    from jaxtyping import Float

    from pellucid.types import Array


class SigmoidCrossEntropy(Loss):
    """``E = -sum_k (t_k ln p_k + (1 - t_k) ln(1 - p_k))``, ``p = sigmoid(y)``; its gradient by y is plainly ``p - t``.

    Each output answers a question of its own, so several can be true at once. The logarithms are taken in a form that
    neither overflows nor meets 0: ``-ln p = softplus(-y)`` and ``-ln(1 - p) = softplus(y)``. A ``label_smoothing`` of
    s moves targets a part s of the way to 1/2: ``t <- (1 - s) t + s / 2``.
    Shapes: logits y (B, ...); targets from 0 to 1 shaped like y, or (B,) for y (B, 1); value (B,), in nats, summed
    over the outputs. ``predict`` gives p. Raises ConfigError unless ``0 <= label_smoothing < 1``, ShapeError where
    shapes do not fit; values of targets are looked at by ``check_target`` alone. Source: Solla, Levin and Fleisher
    1988, "Accelerated learning in layered neural networks".
    """

    task = "classification"
    gives_probabilities = True

    label_smoothing: float = 0.0

    def __post_init__(self) -> None:
        validate.fraction(self, "label_smoothing", self.label_smoothing)

    def value(self, y: Float[Array, "B *K"], target: Float[Array, "B *K"]) -> Float[Array, " B"]:
        t = self._smooth(like_outputs(self, y, target))
        return (t * softplus(-y) + (1.0 - t) * softplus(y)).reshape(y.shape[0], -1).sum(axis=-1)

    def gradient(self, y: Float[Array, "B *K"], target: Float[Array, "B *K"]) -> Float[Array, "B *K"]:
        return ops.sigmoid(y) - self._smooth(like_outputs(self, y, target))

    def predict(self, y: Float[Array, "B *K"]) -> Float[Array, "B *K"]:
        return ops.sigmoid(y)

    def check_target(self, y: Float[Array, "B *K"], target: Array) -> None:
        super().check_target(y, target)
        check_probabilities(self, target)

    def _smooth(self, t: Array) -> Array:
        return (1.0 - self.label_smoothing) * t + 0.5 * self.label_smoothing if self.label_smoothing else t
