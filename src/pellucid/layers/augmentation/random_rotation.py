"""Images turned at random."""

from __future__ import annotations

import math
from itertools import product
from typing import TYPE_CHECKING

from pellucid import ops, validate
from pellucid.layers.augmentation.resampling import Resampling, source_indices
from pellucid.layers.augmentation.sampling import symmetric_uniform
from pellucid.layers.windows import check_space
from pellucid.types import Array, Key

if TYPE_CHECKING:
    from jaxtyping import Float


class RandomRotation(Resampling):
    """``y[n] = x[c + R (n - c)]``: each image turned about its middle c by an angle a, in training; in use ``y = x``.

    ``R = [[cos a, sin a], [-sin a, cos a]]`` for places n = (row, column); a is drawn for each image, uniform from
    ``-degrees`` to ``degrees``, counter-clockwise where above 0. The place in x lies between four pixels, which are
    mixed in proportion to how near they are (bilinear interpolation): with u and v how far it is past the upper left
    one, that one's share is ``(1 - u)(1 - v)``. Outside the image there is 0.
    Backward: every number of dy goes back to its four pixels in those shares.
    Shapes: x and y (B, H, W, C). The cache keeps ``angle`` (B,), in radians, and x.
    Raises ConfigError unless ``degrees`` is above 0, and in training without a key, ShapeError unless x has four axes.
    Source: Simard, Steinkraus and Platt 2003, "Best practices for convolutional neural networks applied to visual
    document analysis", section 2.
    """

    degrees: float

    def __post_init__(self) -> None:
        validate.positive(self, "degrees", self.degrees)

    def check(self, x: Float[Array, "B H W C"]) -> None:
        check_space(self, 2, x)

    def draw(self, x: Float[Array, "B H W C"], key: Key) -> dict[str, Array]:
        return {"angle": symmetric_uniform(key, math.radians(self.degrees), x.shape[0]).astype(x.dtype)}

    def draw_in_use(self, x: Float[Array, "B H W C"]) -> dict[str, Array]:
        return {"angle": ops.namespace(x).zeros(x.shape[0], dtype=x.dtype)}

    def sources(self, drawn: dict[str, Array], x: Float[Array, "B H W C"]) -> tuple[Array, Array]:
        xp, (height, width) = ops.namespace(x), x.shape[1:3]
        angle = drawn["angle"][:, None, None]
        down = (xp.arange(height, dtype=x.dtype) - 0.5 * (height - 1))[:, None]
        right = xp.arange(width, dtype=x.dtype) - 0.5 * (width - 1)
        row = 0.5 * (height - 1) + xp.cos(angle) * down + xp.sin(angle) * right
        column = 0.5 * (width - 1) - xp.sin(angle) * down + xp.cos(angle) * right
        top, left = xp.floor(row), xp.floor(column)
        sources, weights = [], []
        for lower, further in product((0, 1), (0, 1)):
            i, j = (at.astype("int32") + step for at, step in ((top, lower), (left, further)))
            source, inside = source_indices((height, width), i, j)
            sources.append(source)
            weights.append((1.0 - xp.abs(row - top - lower)) * (1.0 - xp.abs(column - left - further)) * inside)
        return xp.stack(sources), xp.stack(weights).astype(x.dtype)
