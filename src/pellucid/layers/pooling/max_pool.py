"""The largest number of each window."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from pellucid import ops
from pellucid.layers.pooling.pooling import Pooling
from pellucid.types import Array, Cache, Key, Params, State

if TYPE_CHECKING:
    from jaxtyping import Float


class MaxPool(Pooling):
    """``y = max_p x_p`` over the places p of each window, in each channel alone.

    Backward goes to the winning place alone, the first of those that tie; a number that wins in several windows gets
    the sum of their dy. A NaN in a window is its y. The cache keeps the number of each ``winner`` (B, *N, C).
    """

    def forward(
        self, params: Params, state: State, x: Float[Array, "B *S C"], key: Key | None = None, train: bool = False
    ) -> tuple[Float[Array, "B *N C"], Cache, State]:
        xp = ops.namespace(x)
        y, *others = self._windows(x).views(x, around=-math.inf)
        winner = xp.zeros(y.shape, dtype=xp.int32)
        for place, other in enumerate(others, 1):
            stays = (other <= y) | xp.isnan(y)  # a comparison with NaN is false, so a NaN wins too, and stays
            y, winner = xp.where(stays, y, other), xp.where(stays, winner, place)
        return y, {"x": x, "winner": winner}, state

    def backward(
        self, params: Params, cache: Cache, dy: Float[Array, "B *N C"]
    ) -> tuple[Params, Float[Array, "B *S C"]]:
        xp, winner = ops.namespace(dy), cache["winner"]
        windows = self._windows(cache["x"])
        if windows.side_by_side:
            wins = windows.spread(winner) == windows.place_of_each()
            return {}, xp.where(wins, windows.spread(dy), 0.0)
        return {}, windows.add_up(xp.where(winner == place, dy, 0.0) for place in range(windows.places))


class MaxPool1D(MaxPool):
    """``y[t, c] = max_i x[stride t + i, c]`` for i below ``size``: the largest number of each stretch of time.

    Shapes: x (B, T, C); y (B, N, C) with ``N = (T - size) // stride + 1``; what is left over at the end is dropped.
    Hyper-parameters: ``size``; ``stride``, which is ``size`` unless given; ``padding``, "valid" (none), "same"
    (``N = ceil(T / stride)``) or ``((before, after),)``: no number of it ever wins. Gradient: see MaxPool.
    Raises ConfigError for sizes below 1, ShapeError unless x has three axes, and for a window larger than x.
    """

    axes = 1


class MaxPool2D(MaxPool):
    """``y[n, m, c] = max_{i, j} x[s n + i, s m + j, c]``, s the stride: the largest number of each window.

    Shapes: x (B, H, W, C); y (B, N, M, C) with ``N = (H - size) // s + 1``; rows and columns left over are dropped.
    Hyper-parameters: ``size``, one whole number or a pair for height and width; ``stride`` likewise, ``size`` unless
    given; ``padding``, "valid" (none), "same" (``N = ceil(H / s)``) or ``((top, bottom), (left, right))``: no number of
    it ever wins. Gradient: see MaxPool. Raises ConfigError for sizes below 1, ShapeError unless x has four axes, and
    for a window larger than x. Source: Scherer, Müller and Behnke 2010, "Evaluation of pooling operations in
    convolutional architectures for object recognition".
    """

    axes = 2
