"""The three sums that a convolution and its gradients are made of, each spelled in several ways.

A kernel W (*size, C / groups, K) joins a large x (B, *S, C) and a small y (B, *counts, K), one entry of y for each of
the windows on x. Channels and filters stand in ``groups`` of neighbours; each group of filters sees its own channels.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pellucid import ops
from pellucid.layers.windows import Windows
from pellucid.types import Array

FEW = 4
"""Up to so many channels XLA's convolution on a processor is slower than a product of matrices."""
LANES = 16
"""How many numbers a vector of the processor holds."""


@dataclass(frozen=True)
class Correlation(ABC):
    """``y = sum_{i, c} x[stride n + dilation i, c] W[i, c, k]``, its adjoint, and what dy and x say of W."""

    windows: Windows
    groups: int

    @abstractmethod
    def forward(self, x: Array, W: Array) -> Array:
        """y: what the kernel finds in each window on x."""

    @abstractmethod
    def by_input(self, dy: Array, W: Array) -> Array:
        """dx, the adjoint of ``forward``: every window puts the kernel, times its dy, where it stands on x."""

    @abstractmethod
    def by_kernel(self, x: Array, dy: Array, W: Array) -> Array:
        """dW: the sum over all windows of what they see times their dy. Of W only the shape is read."""


class Products(Correlation):
    """As products of matrices, for a single group: what a window sees is a row, and W has a column for each filter."""

    def forward(self, x: Array, W: Array) -> Array:
        y = self._patches(x) @ W.reshape(-1, W.shape[-1])
        return y.reshape(x.shape[0], *self.windows.counts, W.shape[-1])

    def by_input(self, dy: Array, W: Array) -> Array:
        channels, filters = W.shape[-2:]
        dpatches = dy.reshape(-1, filters) @ W.reshape(-1, filters).T
        parts = dpatches.reshape(*dy.shape[:-1], self.windows.places, channels)
        return self.windows.add_up(parts[..., place, :] for place in range(self.windows.places))

    def by_kernel(self, x: Array, dy: Array, W: Array) -> Array:
        # The patches take many times the memory of x, so they are made anew.
        return (self._patches(x).T @ dy.reshape(-1, dy.shape[-1])).reshape(W.shape)

    def _patches(self, x: Array) -> Array:
        """(rows, places * C): a row for each window in order, all channels of its first place first."""
        patches = self.windows.patches(x)
        return patches.reshape(-1, patches.shape[-1])


class ByGroup(Correlation):
    """One group after another, each in the way that is fast for it alone; their results stand side by side."""

    def forward(self, x: Array, W: Array) -> Array:
        return self._side_by_side(self._alone(W).forward, x, W)

    def by_input(self, dy: Array, W: Array) -> Array:
        return self._side_by_side(self._alone(W).by_input, dy, W)

    def by_kernel(self, x: Array, dy: Array, W: Array) -> Array:
        return self._side_by_side(self._alone(W).by_kernel, x, dy, W)

    def _alone(self, W: Array) -> Correlation:
        return correlation(self.windows, 1, W)

    def _side_by_side(self, sums: Callable[..., Array], *arrays: Array) -> Array:
        xp = ops.namespace(arrays[0])
        by_group = zip(*(xp.split(array, self.groups, axis=-1) for array in arrays), strict=True)
        return xp.concatenate([sums(*parts) for parts in by_group], axis=-1)


class EachChannel(Correlation):
    """Where every channel is a group of its own: for each place of the window, one multiplication and addition."""

    def forward(self, x: Array, W: Array) -> Array:
        views = zip(self.windows.views(x), self._weights(W), strict=True)
        y: Array = sum(view[..., None] * w for view, w in views)
        return y.reshape(*y.shape[:-2], W.shape[-1])

    def by_input(self, dy: Array, W: Array) -> Array:
        dy = self._by_channel(dy)
        return self.windows.add_up((dy * w).sum(axis=-1) for w in self._weights(W))

    def by_kernel(self, x: Array, dy: Array, W: Array) -> Array:
        dy, everywhere = self._by_channel(dy), tuple(range(dy.ndim - 1))
        dW = [(view[..., None] * dy).sum(axis=everywhere) for view in self.windows.views(x)]
        return ops.namespace(dy).stack(dW).reshape(W.shape)

    def _weights(self, W: Array) -> Iterator[Array]:
        """For each place of the window (C, K / C)."""
        return iter(W.reshape(self.windows.places, self.groups, -1))

    def _by_channel(self, dy: Array) -> Array:
        """(B, *counts, C, K / C)."""
        return dy.reshape(*dy.shape[:-1], self.groups, dy.shape[-1] // self.groups)


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


class FewChannels(LibraryOnCPU):
    """The library's convolution for dW alone; what goes through the kernel's few channels as products. For a single one
    patches are short, and going place by place is faster where its filters fill whole vectors.
    """

    def forward(self, x: Array, W: Array) -> Array:
        alone = x.shape[-1] == 1 and W.shape[-1] % LANES == 0
        return (EachChannel if alone else Products)(self.windows, 1).forward(x, W)

    def by_input(self, dy: Array, W: Array) -> Array:
        return Products(self.windows, 1).by_input(dy, W)


def correlation(windows: Windows, groups: int, W: Array) -> Correlation:
    """The way that is fast for a kernel like ``W`` on the machine where it is: the one place that chooses."""
    if ops.on_accelerator(W):
        return Library(windows, groups)
    channels = W.shape[-2]
    if groups > 1:
        return EachChannel(windows, groups) if channels == 1 else ByGroup(windows, groups)
    if ops.is_numpy(W) or W.dtype != "float32":  # XLA's fast convolution on a processor is for that alone
        return Products(windows, groups)
    return LibraryOnCPU(windows, groups) if channels > FEW else FewChannels(windows, groups)
