"""The sums of a convolution as convolutions of the library."""

from __future__ import annotations

from pellucid import ops
from pellucid.layers.convolution.correlation.base import Correlation
from pellucid.types import Array


class Library(Correlation):
    """As convolutions of the library: ``by_input`` and ``by_kernel`` are convolutions too, with other steps and gaps.

    Padding is chosen so that exactly what is wanted comes out. Where it is below 0, places are cut off by hand: on a
    processor XLA's convolution would read outside its arrays.
    """

    def forward(self, x: Array, W: Array) -> Array:
        at, layout = self.windows, self._layout("NSC", "SIO", "NSC")
        return ops.convolve(x, W, layout, at.stride, at.padding, self._ones, at.dilation, self.groups)

    def by_input(self, dy: Array, W: Array) -> Array:
        """dy, spread out by the stride, under the kernel turned round, with channels and filters exchanged."""
        at, (*size, channels, filters) = self.windows, W.shape
        turned = ops.namespace(W).flip(W, axis=tuple(range(len(size))))
        parts = turned.reshape(*size, channels, self.groups, filters // self.groups).swapaxes(-1, -3)
        exchanged = parts.reshape(*size, filters // self.groups, self.groups * channels)
        axes = zip(at.space, at.spans, at.padding, self._lengths(), strict=True)
        padding = [(span - 1 - before, n + before - length) for n, span, (before, _), length in axes]
        around = tuple((max(before, 0), max(after, 0)) for before, after in padding)
        layout = self._layout("NSC", "SIO", "NSC")
        dx = ops.convolve(dy, exchanged, layout, self._ones, around, at.stride, at.dilation, self.groups)
        cuts = (
            slice(max(-before, 0), m + min(after, 0))
            for (before, after), m in zip(padding, dx.shape[1:-1], strict=True)
        )
        return dx[(slice(None), *cuts)]

    def by_kernel(self, x: Array, dy: Array, W: Array) -> Array:
        """x under dy, spread out by the stride, in steps of the dilation; examples take the place of channels."""
        return self._under_dy(x, dy, self._layout("CSN", "ISO", "SNC"))

    def _under_dy(self, x: Array, dy: Array, layout: tuple[str, str, str]) -> Array:
        at = self.windows
        axes = zip(at.space, at.spans, at.padding, self._lengths(), strict=True)
        ends = [(n, before, span - 1 + length) for n, span, (before, _), length in axes]  # of the last window, padded
        around = tuple((min(before, end), max(end - before - n, 0)) for n, before, end in ends)
        x = x[(slice(None), *(slice(max(end - before, 0)) for _, before, end in ends))]  # what windows reach
        return ops.convolve(x, dy, layout, at.dilation, around, self._ones, at.stride, batch_groups=self.groups)

    @property
    def _ones(self) -> tuple[int, ...]:
        return (1,) * len(self.windows.size)

    def _lengths(self) -> list[int]:
        """How long each axis of y is when spread out by the stride."""
        axes = zip(self.windows.stride, self.windows.counts, strict=True)
        return [stride * (count - 1) + 1 for stride, count in axes]

    def _layout(self, x: str, kernel: str, y: str) -> tuple[str, str, str]:
        """The axes of both inputs and the output, S standing for all axes of space."""
        space = "HW"[: len(self.windows.size)]
        return x.replace("S", space), kernel.replace("S", space), y.replace("S", space)


class LibraryOnCPU(Library):
    """The library's convolutions for a single group, as XLA is fast at them on a processor: in every array examples
    come first and channels last, or what stands for them. Where they lie otherwise it goes through numbers one by one.
    """

    def by_kernel(self, x: Array, dy: Array, W: Array) -> Array:
        xp = ops.namespace(x)
        dW = self._under_dy(x.swapaxes(0, -1), xp.moveaxis(dy, 0, -2), self._layout("NSC", "SIO", "NSC"))
        return xp.moveaxis(dW, 0, -2)
