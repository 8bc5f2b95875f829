"""Images flipped at random."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pellucid import ops, validate
from pellucid.errors import ConfigError
from pellucid.layers.augmentation.resampling import Resampling, source_indices
from pellucid.layers.augmentation.sampling import bernoulli
from pellucid.layers.windows import check_space
from pellucid.types import Array, Key

if TYPE_CHECKING:
    from jaxtyping import Float


class RandomFlip(Resampling):
    """``y[i, j] = x[i, W - 1 - j]`` for one image in two, in training: left becomes right; in use ``y = x``.

    ``vertical`` turns one in two upside down as well, by a draw of its own: ``y[i, j] = x[H - 1 - i, j]``; without
    ``horizontal``, that alone. Of use where a mirrored thing is still the same thing: a shoe, but not a digit.
    Backward: dy flipped back. Shapes: x and y (B, H, W, C). The cache keeps ``flipped`` (B, 2), 1 where an image was
    flipped vertically and horizontally, and x.
    Raises ConfigError if neither is asked for, and in training without a key, ShapeError unless x has four axes.
    Source: Krizhevsky, Sutskever and Hinton 2012, "ImageNet classification with deep convolutional neural networks",
    section 4.1.
    """

    horizontal: bool = True
    vertical: bool = False

    def __post_init__(self) -> None:
        validate.instance(self, "horizontal", self.horizontal, bool)
        validate.instance(self, "vertical", self.vertical, bool)
        if not (self.horizontal or self.vertical):
            raise ConfigError("RandomFlip: neither horizontal nor vertical leaves nothing to flip: choose one or both")

    def check(self, x: Float[Array, "B H W C"]) -> None:
        check_space(self, 2, x)

    def draw(self, x: Float[Array, "B H W C"], key: Key) -> dict[str, Array]:
        flipped = bernoulli(key, 0.5, x.shape[0], 2)
        return {"flipped": flipped * ops.namespace(x).asarray([self.vertical, self.horizontal]).astype("int32")}

    def draw_in_use(self, x: Float[Array, "B H W C"]) -> dict[str, Array]:
        return {"flipped": ops.namespace(x).zeros((x.shape[0], 2), dtype="int32")}

    def sources(self, drawn: dict[str, Array], x: Float[Array, "B H W C"]) -> tuple[Array, Array]:
        xp, (height, width) = ops.namespace(x), x.shape[1:3]
        upside_down, mirrored = (drawn["flipped"][:, axis, None, None] == 1 for axis in (0, 1))
        i, j = xp.arange(height)[:, None], xp.arange(width)
        rows = xp.where(upside_down, height - 1 - i, i)
        source, inside = source_indices((height, width), rows, xp.where(mirrored, width - 1 - j, j))
        return source[None], inside[None].astype(x.dtype)
