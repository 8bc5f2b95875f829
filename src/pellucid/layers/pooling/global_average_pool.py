"""The mean of each channel."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from pellucid import ops
from pellucid.layers.pooling.global_pooling import GlobalPooling
from pellucid.masked import Masked, nan_if_empty, require_a_step
from pellucid.types import Array, Cache, Key, Params, State, Tree

if TYPE_CHECKING:
    from jaxtyping import Float


class GlobalAveragePool(GlobalPooling):
    """``y = sum_s x_s / N`` over all N places of time or space, in each channel alone. Backward: ``dx_s = dy / N``."""

    def forward(
        self, params: Params, state: State, x: Float[Array, "B *S C"], key: Key | None = None, train: bool = False
    ) -> tuple[Float[Array, "B C"], Cache, State]:
        return self._rows(x).mean(axis=1), {"x": x}, state

    def backward(self, params: Params, cache: Cache, dy: Float[Array, "B C"]) -> tuple[Params, Float[Array, "B *S C"]]:
        batch, *space, channels = cache["x"].shape
        share = (dy / math.prod(space)).reshape(batch, *(1,) * self.axes, channels)
        return {}, ops.namespace(dy).broadcast_to(share, cache["x"].shape)


class GlobalAveragePool1D(GlobalAveragePool):
    """``y[c] = sum_t x[t, c] / T``: each channel's mean over all of time, however long.

    Shapes: x (B, T, C); y (B, C). Gradient: see GlobalAveragePool. Of ``Masked`` x the mean is over the steps that are
    there. Raises ShapeError unless x has three axes, and for a sequence of no moments; DataError for a mask that hides
    all of an example.
    """

    axes = 1

    def forward(
        self, params: Params, state: State, x: Tree, key: Key | None = None, train: bool = False
    ) -> tuple[Float[Array, "B C"], Cache, State]:
        if not isinstance(x, Masked):
            return super().forward(params, state, x, key, train)
        require_a_step(self, x.visible)
        xp = ops.namespace(x.values)
        share = (x.visible / xp.maximum(x.visible.sum(axis=1, keepdims=True), 1)).astype(x.values.dtype)[..., None]
        seen = xp.where(x.visible[..., None], self._rows(x.values), 0.0)
        return nan_if_empty(x.visible, (seen * share).sum(axis=1)), {"x": x, "share": share}, state

    def backward(self, params: Params, cache: Cache, dy: Float[Array, "B C"]) -> tuple[Params, Tree]:
        x = cache["x"]
        if not isinstance(x, Masked):
            return super().backward(params, cache, dy)
        return {}, Masked(dy[:, None, :] * cache["share"], ops.namespace(dy).zeros_like(x.mask))


class GlobalAveragePool2D(GlobalAveragePool):
    """``y[c] = sum_{h, w} x[h, w, c] / (H W)``: each channel's mean over the whole image, whatever its size.

    Shapes: x (B, H, W, C); y (B, C). Gradient: see GlobalAveragePool. Raises ShapeError unless x has four axes, and
    for an image without pixels. Source: Lin, Chen and Yan 2014, "Network in network", section 3.2.
    """

    axes = 2
