"""The three sums that a convolution and its gradients are made of, each spelled in several ways.

A kernel W (*size, C / groups, K) joins a large x (B, *S, C) and a small y (B, *counts, K), one entry of y for each of
the windows on x. Channels and filters stand in ``groups`` of neighbours; each group of filters sees its own channels.
"""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pellucid import ops
from pellucid.layers.windows import Windows
from pellucid.types import Array

NEAR = 2**20
"""About as many bytes as stay near a core."""


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
    """As products of matrices, for a single group: what a window sees is a row, and W has a column for each filter.

    Inside a compiled loop on a CPU this is many times as fast as the library's convolution. There the examples are
    taken a few at a time, so that their patches stay near the processor.
    """

    def forward(self, x: Array, W: Array) -> Array:
        def some(x: Array) -> Array:
            y = self._patches(x) @ W.reshape(-1, W.shape[-1])
            return y.reshape(x.shape[0], *self.windows.counts, W.shape[-1])

        return ops.map_slices(some, self._few(x), x)

    def by_input(self, dy: Array, W: Array) -> Array:
        channels, filters = W.shape[-2:]

        def some(dy: Array) -> Array:
            dpatches = dy.reshape(-1, filters) @ W.reshape(-1, filters).T
            parts = dpatches.reshape(*dy.shape[:-1], self.windows.places, channels)
            return self.windows.add_up(parts[..., place, :] for place in range(self.windows.places))

        return ops.map_slices(some, self._few(dy, channels), dy)

    def by_kernel(self, x: Array, dy: Array, W: Array) -> Array:
        # The patches take many times the memory of x, so they are made anew.
        def some(x: Array, dy: Array) -> Array:
            return (self._patches(x).T @ dy.reshape(-1, dy.shape[-1])).reshape(1, *W.shape)

        return ops.map_slices(some, self._few(x), x, dy).sum(axis=0)

    def _few(self, x: Array, channels: int | None = None) -> int:
        """How many examples have patches of about ``NEAR`` bytes."""
        numbers = math.prod(self.windows.counts) * self.windows.places * (channels or x.shape[-1])
        return max(1, NEAR // (numbers * int(x.dtype.itemsize)))

    def _patches(self, x: Array) -> Array:
        """(rows, places * C): a row for each window in order, all channels of its first place first."""
        patches = ops.namespace(x).concatenate(self.windows.views(x), axis=-1)
        return patches.reshape(-1, patches.shape[-1])


class ProductsByGroup(Correlation):
    """As products of matrices for one group after another; their results stand side by side."""

    def forward(self, x: Array, W: Array) -> Array:
        return self._side_by_side(self._alone.forward, x, W)

    def by_input(self, dy: Array, W: Array) -> Array:
        return self._side_by_side(self._alone.by_input, dy, W)

    def by_kernel(self, x: Array, dy: Array, W: Array) -> Array:
        return self._side_by_side(self._alone.by_kernel, x, dy, W)

    @property
    def _alone(self) -> Products:
        return Products(self.windows, 1)

    def _side_by_side(self, product: Callable[..., Array], *arrays: Array) -> Array:
        xp = ops.namespace(arrays[0])
        by_group = zip(*(xp.split(array, self.groups, axis=-1) for array in arrays), strict=True)
        return xp.concatenate([product(*parts) for parts in by_group], axis=-1)


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


class OneChannel(Products):
    """Where x has a single channel, the rows of patches are too short for a product to pay in ``forward``."""

    def forward(self, x: Array, W: Array) -> Array:
        return EachChannel(self.windows, self.groups).forward(x, W)


class Library(Correlation):
    """As convolutions of the library: ``by_input`` and ``by_kernel`` are convolutions too, with other steps and gaps.

    Padding is chosen so that exactly what is wanted comes out; below 0 it takes places away.
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
        padding = tuple((span - 1 - before, n + before - length) for n, span, (before, _), length in axes)
        layout = self._layout("NSC", "SIO", "NSC")
        return ops.convolve(dy, exchanged, layout, self._ones, padding, at.stride, at.dilation, self.groups)

    def by_kernel(self, x: Array, dy: Array, W: Array) -> Array:
        """x under dy, spread out by the stride, in steps of the dilation; examples take the place of channels."""
        at, layout = self.windows, self._layout("CSN", "ISO", "SNC")
        axes = zip(at.space, at.spans, at.padding, self._lengths(), strict=True)
        padding = tuple((before, span - 1 + length - n - before) for n, span, (before, _), length in axes)
        return ops.convolve(x, dy, layout, at.dilation, padding, self._ones, at.stride, batch_groups=self.groups)

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


def correlation(windows: Windows, groups: int, W: Array) -> Correlation:
    """The way that is fast for a kernel like ``W`` on the machine where it is: the one place that chooses."""
    if ops.has_fast_convolution(W):
        return Library(windows, groups)
    if groups == 1:
        return OneChannel(windows, groups) if W.shape[-2] == 1 else Products(windows, groups)
    return EachChannel(windows, groups) if W.shape[-2] == 1 else ProductsByGroup(windows, groups)
