"""A window on an image, somewhere in training, in the middle in use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pellucid import ops, validate
from pellucid.errors import ShapeError
from pellucid.layer import shape_of
from pellucid.layers.augmentation.resampling import Resampling, window_sources
from pellucid.layers.augmentation.sampling import random_integers
from pellucid.layers.windows import check_space
from pellucid.types import Array, Key

if TYPE_CHECKING:
    from jaxtyping import Float


class RandomCrop(Resampling):
    """``y[i, j] = x[r + i, s + j]``: a window of ``height`` by ``width``, its corner (r, s) drawn for each image.

    In training every place where the window fits is equally likely: 27 by 27 has 16 windows of 24 by 24, so an image
    is hardly ever seen twice alike. In use the window is in the middle. ``padding`` zeros are put around the image
    first, so that the window may be as large as the image. Backward: dy goes to where the window was, the rest is 0.
    Shapes: x (B, H, W, C), y (B, height, width, C). The cache keeps ``corner`` (B, 2), in places of x, and x.
    Raises ConfigError for sizes below 1, negative padding, and in training without a key, ShapeError unless x has four
    axes, and for a window larger than the image with its padding. Source: Krizhevsky, Sutskever and Hinton 2012,
    "ImageNet classification with deep convolutional neural networks", section 4.1.
    """

    height: int
    width: int
    padding: int = 0

    def __post_init__(self) -> None:
        validate.positive_int(self, "height", self.height)
        validate.positive_int(self, "width", self.width)
        validate.non_negative_int(self, "padding", self.padding)

    def check(self, x: Float[Array, "B H W C"]) -> None:
        check_space(self, 2, x)
        if min(self._spare(x)) < 0:
            around = f" with padding {self.padding}" if self.padding else ""
            raise ShapeError(
                f"{self!r} is larger than the images of x, {x.shape[1]} x {x.shape[2]}{around}, shape {shape_of(x)}: "
                "take a smaller window, or padding"
            )

    def draw(self, x: Float[Array, "B H W C"], key: Key) -> dict[str, Array]:
        choices = ops.namespace(x).asarray(self._spare(x)) + 1
        return {"corner": random_integers(key, choices, x.shape[0], 2) - self.padding}

    def draw_in_use(self, x: Float[Array, "B H W C"]) -> dict[str, Array]:
        corner = [spare // 2 - self.padding for spare in self._spare(x)]
        return {"corner": ops.namespace(x).zeros((x.shape[0], 2), dtype="int32") + ops.namespace(x).asarray(corner)}

    def sources(self, drawn: dict[str, Array], x: Float[Array, "B H W C"]) -> tuple[Array, Array]:
        return window_sources(drawn["corner"], (self.height, self.width), x)

    def _spare(self, x: Array) -> tuple[int, int]:
        """How far the window can move down and to the right."""
        height, width = (int(n) + 2 * self.padding for n in x.shape[1:3])
        return height - self.height, width - self.width
