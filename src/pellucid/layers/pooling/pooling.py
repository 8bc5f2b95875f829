"""What the poolings share: windows of each channel alone."""

from __future__ import annotations

from abc import abstractmethod

from pellucid.errors import ConfigError
from pellucid.layer import Layer
from pellucid.layers.windows import Padding, Sizes, Windows, check_padding, check_sizes, each_axis, place_windows
from pellucid.types import HasShape


class Pooling(Layer):
    """One number for each window of each channel. The next window stands ``stride`` further: by default, its size.

    What is left over at the end, too little for another window, is dropped. Places of the ``padding`` count for
    nothing; it must be smaller than the window, so that none is empty.
    """

    size: Sizes
    stride: Sizes | None = None
    padding: Padding = "valid"

    @property
    @abstractmethod
    def axes(self) -> int:
        """How many axes of space x has."""

    def __post_init__(self) -> None:
        check_sizes(self, self.axes, size=self.size, stride=self._stride)
        check_padding(self, self.axes, self.padding)
        pairs = () if isinstance(self.padding, str) else self.padding
        if any(max(pair) >= size for pair, size in zip(pairs, each_axis(self.size, self.axes), strict=False)):
            raise ConfigError(f"{self!r}: padding must be smaller than the windows, or some would see nothing else")

    @property
    def _stride(self) -> Sizes:
        return self.size if self.stride is None else self.stride

    def _windows(self, x: HasShape) -> Windows:
        return place_windows(self, self.axes, x, self.size, self._stride, padding=self.padding)
