"""Gaussian noise, added in training."""

from __future__ import annotations

from pellucid import ops, validate
from pellucid.layers.random_layer import RandomLayer
from pellucid.types import Array, Cache, Key, Params, State


class GaussianNoise(RandomLayer):
    """``y = x + noise`` in training, the noise normal with mean 0 and deviation ``stddev``; in use ``y = x``.

    Before an autoencoder it makes a denoising one; before any network it is a mild regulariser. Backward: ``dx = dy``.
    Shapes: any, x and y alike; the cache keeps the ``noise``, in use 0. Raises ConfigError unless ``stddev`` is at
    least 0, and in training without a key. Source: Bishop 1995, "Training with noise is equivalent to Tikhonov
    regularization".
    """

    stddev: float

    def __post_init__(self) -> None:
        validate.non_negative(self, "stddev", self.stddev)

    def forward(
        self, params: Params, state: State, x: Array, key: Key | None = None, train: bool = False
    ) -> tuple[Array, Cache, State]:
        if not train:
            return x, {"noise": ops.namespace(x).zeros_like(x)}, state
        validate.key(self, key)
        noise = self.stddev * ops.normal(key, x.shape, x.dtype)
        return x + noise, {"noise": noise}, state

    def backward(self, params: Params, cache: Cache, dy: Array) -> tuple[Params, Array]:
        return {}, dy
