"""Dropout: numbers set to 0 at random in training."""

from __future__ import annotations

import numpy as np

from pellucid import ops, validate
from pellucid.layer import shape_of
from pellucid.layers.random_layer import RandomLayer
from pellucid.types import Array, Cache, Key, Params, State


class Dropout(RandomLayer):
    """``y = x mask`` in training: each number alone is 0 with probability ``rate``, else ``x / (1 - rate)``.

    So no unit can lean on one other. The mean of y over masks is x, and in use ``y = x``, with nothing to rescale.
    Backward: ``dx = dy mask``. The cache keeps the ``mask``, shaped like x, of 0 and ``1 / (1 - rate)``; in use of 1.
    It is drawn in float32, so that one key leaves out the same numbers in either precision.
    Shapes: any, x and y alike. Hyper-parameter: ``rate``, from 0 up to, not including, 1. Raises ConfigError for
    another rate, and in training without a key. Source: Srivastava et al. 2014, "Dropout: a simple way to prevent
    neural networks from overfitting", sections 4 and 10 (where the scaling in training is).
    """

    rate: float

    def __post_init__(self) -> None:
        validate.fraction(self, "rate", self.rate)

    def forward(
        self, params: Params, state: State, x: Array, key: Key | None = None, train: bool = False
    ) -> tuple[Array, Cache, State]:
        if not train:
            return x, {"mask": ops.namespace(x).ones(self.mask_shape(x), dtype=x.dtype)}, state
        mask = self.kept(x, key) / (1.0 - self.rate)
        return x * mask, {"mask": mask}, state

    def backward(self, params: Params, cache: Cache, dy: Array) -> tuple[Params, Array]:
        return {}, dy * cache["mask"]

    def mask_shape(self, x: Array) -> tuple[int, ...]:
        """The shape of the mask for x: that of x."""
        return shape_of(x)

    def kept(self, x: Array, key: Key | None) -> Array:
        """1 with probability ``1 - rate``, else 0, in the mask's shape. Raises ConfigError without a key."""
        validate.key(self, key)
        kept = ops.uniform(key, self.mask_shape(x), np.float32) >= self.rate
        return kept.astype(x.dtype)
