"""A square of each image hidden at random."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pellucid import ops, validate
from pellucid.layers.augmentation.occlusion import Occlusion
from pellucid.layers.augmentation.sampling import random_integers
from pellucid.layers.windows import check_space
from pellucid.types import Array, Key

if TYPE_CHECKING:
    from jaxtyping import Float


class Cutout(Occlusion):
    """``y = x mask`` in training: a square of ``size`` by ``size`` pixels of each image is 0; in use ``y = x``.

    Its middle may be any pixel, so that a part of it may lie outside. Like things half hidden behind others, images
    then have to be known by any of their parts; 0 is the mean of images that were centred.
    Backward: ``dx = dy mask``. Shapes: x and y (B, H, W, C). The cache keeps the ``mask`` (B, H, W, 1), in use of 1.
    Raises ConfigError for a size below 1, and in training without a key, ShapeError unless x has four axes. Source:
    DeVries and Taylor 2017, "Improved regularization of convolutional neural networks with cutout", section 3.
    """

    size: int

    def __post_init__(self) -> None:
        validate.positive_int(self, "size", self.size)

    def check(self, x: Float[Array, "B H W C"]) -> None:
        check_space(self, 2, x)

    def hidden_mask(self, x: Float[Array, "B H W C"], key: Key) -> Array:
        xp, (batch, height, width) = ops.namespace(x), x.shape[:3]
        down = self._near(xp.arange(height), random_integers(ops.fold_in(key, 0), height, batch))
        right = self._near(xp.arange(width), random_integers(ops.fold_in(key, 1), width, batch))
        return (down[:, :, None] & right[:, None, :])[..., None]

    def _near(self, at: Array, middle: Array) -> Array:
        """Booleans (B, n): which places of an axis are within the square."""
        past = at - (middle[:, None] - self.size // 2)
        return (past >= 0) & (past < self.size)
