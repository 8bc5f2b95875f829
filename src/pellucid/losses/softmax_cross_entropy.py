"""The loss of a classifier: cross-entropy on logits, softmax included."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from pellucid import ops, validate
from pellucid.layer import Loss
from pellucid.layers.activations.softmax import softmax
from pellucid.losses.target import check_labels, check_probabilities, check_sums, one_hot

if TYPE_CHECKING:
    from jaxtyping import Float

    from pellucid.types import Array


class SoftmaxCrossEntropy(Loss):
    """``E = -sum_k q_k ln p_k`` with ``p = softmax(y)``; its gradient by the logits y is plainly ``p - q``.

    The target distribution q is 1 at the label, 0 elsewhere; a ``label_smoothing`` of s moves a part s of it evenly
    to all K classes: ``q <- (1 - s) q + s / K``. Over a sequence, E and gradient are averaged over its places.
    Shapes: logits y (B, K) or (B, T, K); targets are labels (B,) or (B, T), whole numbers from 0 to K - 1, or rows of
    probabilities shaped like y (one-hot rows are); value (B,), in nats. ``predict`` gives p.
    Raises ConfigError unless ``0 <= label_smoothing < 1``, ShapeError where shapes do not fit; values of targets are
    looked at by ``check_target`` alone. Source: Bridle 1990, "Probabilistic interpretation of feedforward
    classification network outputs"; label smoothing: Szegedy et al. 2016, "Rethinking the Inception architecture for
    computer vision", section 7.
    """

    task = "classification"
    gives_probabilities = True

    label_smoothing: float = 0.0

    def __post_init__(self) -> None:
        validate.fraction(self, "label_smoothing", self.label_smoothing)

    def value(self, y: Float[Array, "B *T K"], target: Array) -> Float[Array, " B"]:
        xp = ops.namespace(y)
        q = self._distribution(y, target)
        largest = xp.arange(y.shape[-1]) == y.argmax(axis=-1, keepdims=True)
        y = y - xp.where(largest, y, 0.0).sum(axis=-1, keepdims=True)  # p stays the same, and exp cannot overflow
        others = xp.where(largest, 0.0, xp.exp(y)).sum(axis=-1, keepdims=True)
        ln_p = y - xp.log1p(others)  # the 1 is the largest: so a loss near 0 keeps its digits
        return -(q * ln_p).sum(axis=-1).reshape(y.shape[0], -1).mean(axis=-1)

    def gradient(self, y: Float[Array, "B *T K"], target: Array) -> Float[Array, "B *T K"]:
        return (softmax(y) - self._distribution(y, target)) / math.prod(y.shape[1:-1])

    def predict(self, y: Float[Array, "B *T K"]) -> Float[Array, "B *T K"]:
        return softmax(y)

    def check_target(self, y: Float[Array, "B *T K"], target: Array) -> None:
        super().check_target(y, target)
        if target.ndim < y.ndim:
            check_labels(self, target, y.shape[-1])
        else:
            check_probabilities(self, target)
            check_sums(self, target)

    def _distribution(self, y: Array, target: Array) -> Array:
        s = self.label_smoothing
        return (1.0 - s) * one_hot(self, y, target) + s / y.shape[-1]
