"""The largest number of each channel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pellucid import ops
from pellucid.layers.pooling.global_pooling import GlobalPooling
from pellucid.types import Array, Cache, Key, Params, State

if TYPE_CHECKING:
    from jaxtyping import Float


class GlobalMaxPool(GlobalPooling):
    """``y = max_s x_s`` over all places s of time or space, in each channel alone.

    Backward goes to the winning place alone, the first of those that tie. A NaN in a channel is its y. The cache keeps
    the number of each ``winner`` (B, C), counted row by row.
    """

    def forward(
        self, params: Params, state: State, x: Float[Array, "B *S C"], key: Key | None = None, train: bool = False
    ) -> tuple[Float[Array, "B C"], Cache, State]:
        xp, rows = ops.namespace(x), self._rows(x)
        winner = rows.argmax(axis=1).astype(xp.int32)
        y = xp.take_along_axis(rows, winner[:, None, :], axis=1)[:, 0, :]
        return y, {"x": x, "winner": winner}, state

    def backward(self, params: Params, cache: Cache, dy: Float[Array, "B C"]) -> tuple[Params, Float[Array, "B *S C"]]:
        xp, rows = ops.namespace(dy), self._rows(cache["x"])
        wins = xp.arange(rows.shape[1])[:, None] == cache["winner"][:, None, :]
        return {}, xp.where(wins, dy[:, None, :], 0.0).reshape(cache["x"].shape)


class GlobalMaxPool1D(GlobalMaxPool):
    """``y[c] = max_t x[t, c]``: the largest number of each channel over all of time, however long.

    Shapes: x (B, T, C); y (B, C). Gradient: see GlobalMaxPool. Raises ShapeError unless x has three axes, and for a
    sequence of no moments. Source: Collobert et al. 2011, "Natural language processing (almost) from scratch",
    section 3.2.2.
    """

    axes = 1


class GlobalMaxPool2D(GlobalMaxPool):
    """``y[c] = max_{h, w} x[h, w, c]``: the largest number of each channel over the whole image, whatever its size.

    Shapes: x (B, H, W, C); y (B, C). Gradient: see GlobalMaxPool. Raises ShapeError unless x has four axes, and for
    an image without pixels. Source: Oquab et al. 2015, "Is object localization for free?", section 3.
    """

    axes = 2
