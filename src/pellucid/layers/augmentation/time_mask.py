"""Stretches of time hidden at random."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pellucid import validate
from pellucid.layers.augmentation.occlusion import Occlusion, random_intervals
from pellucid.layers.features import check_time
from pellucid.types import Array, Key

if TYPE_CHECKING:
    from jaxtyping import Float


class TimeMask(Occlusion):
    """``y = x mask`` in training: ``count`` stretches of time are 0 in all their features; in use ``y = x``.

    Each is up to ``steps`` long (every length from 0 equally likely), and anywhere. The network learns from the rest.
    Backward: ``dx = dy mask``. Shapes: x and y (B, T) or (B, T, ...). The cache keeps the ``mask`` (B, T, 1, ...), in
    use of 1. Raises ConfigError for steps or a count below 1, and in training without a key, ShapeError unless
    x has an axis of time. Source: Park et al. 2019, "SpecAugment: a simple data augmentation method for automatic
    speech recognition", section 2.
    """

    steps: int
    count: int = 1

    def __post_init__(self) -> None:
        validate.positive_int(self, "steps", self.steps)
        validate.positive_int(self, "count", self.count)

    def check(self, x: Float[Array, "B T *F"]) -> None:
        check_time(self, x)

    def hidden_mask(self, x: Float[Array, "B T *F"], key: Key) -> Array:
        return random_intervals(key, x, 1, self.steps, self.count)
