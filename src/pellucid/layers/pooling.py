"""What the poolings share: windows of each channel alone."""

from __future__ import annotations

from abc import abstractmethod

from pellucid.layer import Layer
from pellucid.layers.windows import Sizes, Windows, check_sizes, place_windows
from pellucid.types import HasShape


class Pooling(Layer):
    """One number for each window of each channel. The next window stands ``stride`` further: by default, its size.

    What is left over at the end, too little for another window, is dropped.
    """

    size: Sizes
    stride: Sizes | None = None

    @property
    @abstractmethod
    def axes(self) -> int:
        """How many axes of space x has."""

    def __post_init__(self) -> None:
        check_sizes(self, self.axes, size=self.size, stride=self.size if self.stride is None else self.stride)

    def _windows(self, x: HasShape) -> Windows:
        return place_windows(self, self.axes, x, self.size, self.size if self.stride is None else self.stride)
