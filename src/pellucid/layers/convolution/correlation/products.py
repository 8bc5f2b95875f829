"""The sums of a convolution as products of matrices, or place by place for channels that stand alone."""

from __future__ import annotations

from collections.abc import Iterator

from pellucid import ops
from pellucid.layers.convolution.correlation.base import Correlation
from pellucid.types import Array


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
        # The patches take many times the memory of x, so they are made again.
        return (self._patches(x).T @ dy.reshape(-1, dy.shape[-1])).reshape(W.shape)

    def _patches(self, x: Array) -> Array:
        """(rows, places * C): a row for each window in order, all channels of its first place first."""
        patches = self.windows.patches(x)
        return patches.reshape(-1, patches.shape[-1])


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
