"""Spatial dropout: whole channels set to 0 at random in training."""

from __future__ import annotations

from pellucid.errors import ShapeError
from pellucid.layer import shape_of
from pellucid.layers.noise.dropout import Dropout
from pellucid.types import Array


class SpatialDropout(Dropout):
    """``y = x mask`` in training: each channel of an example is 0 at all places with probability ``rate``.

    After a convolution a number tells much of what its neighbours do, so leaving out numbers alone, as ``Dropout``
    does, hides little; leaving out the channel hides it all. What stays is ``x / (1 - rate)``; in use ``y = x``.
    Backward: ``dx = dy mask``. The cache keeps the ``mask`` (B, 1, ..., 1, C) of 0 and ``1 / (1 - rate)``; in use of 1.
    Shapes: x and y (B, ..., C). Hyper-parameter: ``rate``, from 0 up to, not including, 1. Raises ConfigError for
    another rate, and in training without a key, ShapeError unless x has at least two axes. Source: Tompson et al.
    2015, "Efficient object localization using convolutional networks", section 3.2.
    """

    def mask_shape(self, x: Array) -> tuple[int, ...]:
        """(B, 1, ..., 1, C)."""
        if len(x.shape) < 2:
            raise ShapeError(f"{self!r} needs x of shape (batch, ..., channels), not {shape_of(x)}")
        return (x.shape[0], *(1,) * (len(x.shape) - 2), x.shape[-1])
