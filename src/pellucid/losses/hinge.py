"""The hinge loss, that of the support vector machine."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from pellucid import ops, validate
from pellucid.layer import Loss
from pellucid.losses.target import check_among, check_labels, check_sums, like_outputs, one_hot

if TYPE_CHECKING:
    from jaxtyping import Float

    from pellucid.types import Array


class Hinge(Loss):
    """``E = sum_{j != t} max(0, y_j - y_t + margin)``: the right class's score shall lead every other by the margin.

    Each class that violates this (E grows with it) has the gradient 1, and the right class minus their number; a
    class that keeps the margin exactly violates nothing. Over a sequence, E and gradient are averaged over its places.
    One output is a score for yes against no: ``E = max(0, margin - s y)``, s being 1 for yes and -1 for no.
    Shapes: scores y (B, K) or (B, T, K); targets are labels (B,) or (B, T), whole numbers from 0 to K - 1, or one-hot
    rows shaped like y; for K = 1 they are 0 and 1 or -1 and 1, shaped like y or without its last axis; value (B,).
    Hyper-parameter: ``margin``, above 0 (ConfigError). Raises ShapeError where shapes do not fit; values of targets
    are looked at by ``check_target`` alone. Sources: one output, Cortes and Vapnik 1995, "Support-vector networks";
    several, Weston and Watkins 1999, "Support vector machines for multi-class pattern recognition".
    """

    task = "classification"
    threshold = 0.0

    margin: float = 1.0

    def __post_init__(self) -> None:
        validate.positive(self, "margin", self.margin)

    def value(self, y: Float[Array, "B *T K"], target: Array) -> Float[Array, " B"]:
        shortfall = self._shortfall(y, target)
        return ops.namespace(y).where(shortfall <= 0, 0.0, shortfall).sum(axis=-1).reshape(y.shape[0], -1).mean(axis=-1)

    def gradient(self, y: Float[Array, "B *T K"], target: Array) -> Float[Array, "B *T K"]:
        violated = (self._shortfall(y, target) > 0).astype(y.dtype)
        if y.shape[-1] == 1:
            dy = -violated * self._sign(y, target)
        else:
            dy = violated - one_hot(self, y, target) * violated.sum(axis=-1, keepdims=True)
        return dy / math.prod(y.shape[1:-1])

    def check_target(self, y: Float[Array, "B *T K"], target: Array) -> None:
        super().check_target(y, target)
        if y.shape[-1] == 1:
            check_among(self, target, (-1, 1) if (target < 0).any() else (0, 1))
        elif target.ndim < y.ndim:
            check_labels(self, target, y.shape[-1])
        else:
            check_among(self, target, (0, 1))
            check_sums(self, target)

    def _shortfall(self, y: Array, target: Array) -> Array:
        """By how much each output misses its margin, shaped like y; the right class itself misses nothing."""
        if y.shape[-1] == 1:
            return self.margin - self._sign(y, target) * y
        right = one_hot(self, y, target)
        behind = y - (right * y).sum(axis=-1, keepdims=True) + self.margin
        return behind * (1.0 - right)

    def _sign(self, y: Array, target: Array) -> Array:
        return ops.namespace(y).where(like_outputs(self, y, target) > 0, 1.0, -1.0).astype(y.dtype)
