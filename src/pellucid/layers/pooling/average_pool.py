"""The mean of each window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pellucid import ops
from pellucid.layers.pooling.pooling import Pooling
from pellucid.layers.windows import Windows
from pellucid.types import Array, Cache, Key, Params, State

if TYPE_CHECKING:
    from jaxtyping import Float


class AveragePool(Pooling):
    """``y = sum_p x_p / P`` over the P places of each window that are not padding, in each channel alone.

    Backward: each number of a window gets ``dy / P``; one that is in several windows gets the sum.
    """

    def forward(
        self, params: Params, state: State, x: Float[Array, "B *S C"], key: Key | None = None, train: bool = False
    ) -> tuple[Float[Array, "B *N C"], Cache, State]:
        windows = self._windows(x)
        return sum(windows.views(x)) / _counts(windows, x), {"x": x}, state

    def backward(
        self, params: Params, cache: Cache, dy: Float[Array, "B *N C"]
    ) -> tuple[Params, Float[Array, "B *S C"]]:
        windows = self._windows(cache["x"])
        share = dy / _counts(windows, dy)
        return {}, windows.spread(share) if windows.side_by_side else windows.add_up([share] * windows.places)


def _counts(windows: Windows, like: Array) -> Array | int:
    """P of each window: a number, or where there is padding (1, *N, 1), in the dtype of ``like``."""
    if not windows.has_padding:
        return windows.places
    return sum(windows.views(ops.namespace(like).ones((1, *windows.space, 1), dtype=like.dtype)))


class AveragePool1D(AveragePool):
    """``y[t, c] = sum_i x[stride t + i, c] / size``: the mean of each stretch of time.

    Shapes: x (B, T, C); y (B, N, C) with ``N = (T - size) // stride + 1``; what is left over at the end is dropped.
    Hyper-parameters: ``size``; ``stride``, which is ``size`` unless given; ``padding``, "valid" (none), "same"
    (``N = ceil(T / stride)``) or ``((before, after),)``, which does not count: the mean is that of what is not padding.
    Gradient: see AveragePool.
    Raises ConfigError for sizes below 1, ShapeError unless x has three axes, and for a window larger than x.
    """

    axes = 1


class AveragePool2D(AveragePool):
    """``y[n, m, c] = sum_{i, j} x[s n + i, s m + j, c] / P``, s the stride: the mean of each window of P numbers.

    Shapes: x (B, H, W, C); y (B, N, M, C) with ``N = (H - size) // s + 1``; rows and columns left over are dropped.
    Hyper-parameters: ``size``, one whole number or a pair for height and width; ``stride`` likewise, ``size`` unless
    given; ``padding``, "valid" (none), "same" (``N = ceil(H / s)``) or ``((top, bottom), (left, right))``, which does
    not count: P is the number of places that are not padding. Gradient: see AveragePool. Raises ConfigError for sizes
    below 1, ShapeError unless x has four axes, and for a window larger than x. Source: LeCun et al. 1998,
    "Gradient-based learning applied to document recognition", section II, without the weight and the bias that each
    map has there.
    """

    axes = 2
