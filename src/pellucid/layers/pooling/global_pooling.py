"""What the poolings over all of time or space share."""

from __future__ import annotations

from abc import abstractmethod

from pellucid.errors import ShapeError
from pellucid.layer import Layer, shape_of
from pellucid.layers.windows import check_space
from pellucid.types import Array


class GlobalPooling(Layer):
    """One number for each channel, whatever the length of the sequence or the size of the image."""

    @property
    @abstractmethod
    def axes(self) -> int:
        """How many axes of space x has."""

    def _rows(self, x: Array) -> Array:
        """x (B, *S, C) as (B, N, C). Raises ShapeError for any other x, and for one without any numbers in S."""
        check_space(self, self.axes, x)
        if 0 in x.shape[1:-1]:
            raise ShapeError(f"{self!r} needs at least one number in each channel: x has shape {shape_of(x)}")
        return x.reshape(x.shape[0], -1, x.shape[-1])
