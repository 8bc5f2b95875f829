"""The mean of each channel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pellucid import ops
from pellucid.errors import ShapeError
from pellucid.layer import Layer, shape_of
from pellucid.layers.windows import check_space
from pellucid.types import Array, Cache, Key, Params, State

if TYPE_CHECKING:
    from jaxtyping import Float


class GlobalAveragePool2D(Layer):
    """``y[c] = sum_{h, w} x[h, w, c] / (H W)``: each channel's mean over the whole image, whatever its size.

    Backward: ``dx[h, w, c] = dy[c] / (H W)``. Shapes: x (B, H, W, C); y (B, C).
    Raises ShapeError unless x has four axes, and for an image without pixels. Source: Lin, Chen and Yan 2014,
    "Network in network", section 3.2.
    """

    def forward(
        self, params: Params, state: State, x: Float[Array, "B H W C"], key: Key | None = None, train: bool = False
    ) -> tuple[Float[Array, "B C"], Cache, State]:
        check_space(self, 2, x)
        if 0 in x.shape[1:3]:
            raise ShapeError(f"{self!r} cannot take the mean of no pixels: x has shape {shape_of(x)}")
        return x.mean(axis=(1, 2)), {"x": x}, state

    def backward(self, params: Params, cache: Cache, dy: Float[Array, "B C"]) -> tuple[Params, Float[Array, "B H W C"]]:
        shape = cache["x"].shape
        share = dy / (shape[1] * shape[2])
        return {}, ops.namespace(dy).broadcast_to(share[:, None, None, :], shape)
