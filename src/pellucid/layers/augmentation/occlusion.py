"""Occlusion: what the augmentations that hide a part of an example share."""

from __future__ import annotations

from abc import abstractmethod

from pellucid import ops, validate
from pellucid.layers.augmentation.sampling import random_integers
from pellucid.layers.random_layer import RandomLayer
from pellucid.types import Array, Cache, Key, Params, State


class Occlusion(RandomLayer):
    """``y = x mask`` in training, the mask 0 in a part of each example that is drawn, else 1; in use ``y = x``.

    Backward: ``dx = dy mask``. The cache keeps the ``mask``, which has 1 for axes along which it does not change.
    """

    @abstractmethod
    def check(self, x: Array) -> None:
        """Raise ShapeError for an x that the layer cannot take."""

    @abstractmethod
    def hidden_mask(self, x: Array, key: Key) -> Array:
        """Booleans that broadcast to x: what is hidden."""

    def forward(
        self, params: Params, state: State, x: Array, key: Key | None = None, train: bool = False
    ) -> tuple[Array, Cache, State]:
        self.check(x)
        if not train:
            return x, {"mask": ops.namespace(x).ones_like(x)}, state
        validate.key(self, key)
        mask = (~self.hidden_mask(x, key)).astype(x.dtype)
        return x * mask, {"mask": mask}, state

    def backward(self, params: Params, cache: Cache, dy: Array) -> tuple[Params, Array]:
        return {}, dy * cache["mask"]


def random_intervals(key: Key, x: Array, axis: int, most: int, count: int) -> Array:
    """Booleans (B, 1, ..., n, ..., 1): ``count`` intervals of an axis of length n, which may overlap.

    The length of each is drawn from 0 to ``most`` (n, if that is less), then its start from where it fits.
    """
    xp, n = ops.namespace(x), x.shape[axis]
    lengths = random_integers(ops.fold_in(key, 0), min(most, n) + 1, x.shape[0], count)
    starts = random_integers(ops.fold_in(key, 1), n - lengths + 1, x.shape[0], count)
    there = xp.arange(n)[:, None] - starts[:, None, :]
    hidden = ((there >= 0) & (there < lengths[:, None, :])).any(axis=-1)
    return hidden.reshape(x.shape[0], *(n if i == axis else 1 for i in range(1, x.ndim)))
