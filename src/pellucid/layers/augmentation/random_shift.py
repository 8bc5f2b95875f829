"""Images moved at random."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pellucid import ops
from pellucid.layers.augmentation.resampling import Resampling, window_sources
from pellucid.layers.augmentation.sampling import random_integers
from pellucid.layers.windows import Sizes, check_sizes, check_space, each_axis
from pellucid.types import Array, Key

if TYPE_CHECKING:
    from jaxtyping import Float


class RandomShift(Resampling):
    """``y[i, j] = x[i + r, j + s]``, 0 outside x: each image moved by up to ``pixels`` in training; in use ``y = x``.

    r and s are drawn for each image, all whole numbers from ``-pixels`` to ``pixels`` equally likely; ``pixels`` is one
    number, or a pair for height and width. The thing to be seen is then no longer always in the middle.
    Backward: dy moved back, what left the image gets 0. Shapes: x and y (B, H, W, C). The cache keeps ``shift`` (B, 2)
    and x. Raises ConfigError for pixels below 1, and in training without a key, ShapeError unless x has four axes.
    Source: Simard, Steinkraus and Platt 2003, "Best practices for convolutional neural networks applied to visual
    document analysis", section 2.
    """

    pixels: Sizes

    def __post_init__(self) -> None:
        check_sizes(self, 2, pixels=self.pixels)

    def check(self, x: Float[Array, "B H W C"]) -> None:
        check_space(self, 2, x)

    def draw(self, x: Float[Array, "B H W C"], key: Key) -> dict[str, Array]:
        most = ops.namespace(x).asarray(each_axis(self.pixels, 2)).astype("int32")
        return {"shift": random_integers(key, 2 * most + 1, x.shape[0], 2) - most}

    def draw_in_use(self, x: Float[Array, "B H W C"]) -> dict[str, Array]:
        return {"shift": ops.namespace(x).zeros((x.shape[0], 2), dtype="int32")}

    def sources(self, drawn: dict[str, Array], x: Float[Array, "B H W C"]) -> tuple[Array, Array]:
        return window_sources(drawn["shift"], x.shape[1:3], x)
