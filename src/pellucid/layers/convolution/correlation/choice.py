"""Which way of computing a convolution is fast for a kernel, on the machine at hand."""

from __future__ import annotations

from collections.abc import Callable

from pellucid import ops
from pellucid.layers.convolution.correlation.base import Correlation
from pellucid.layers.convolution.correlation.jax_library import Library, LibraryOnCPU
from pellucid.layers.convolution.correlation.products import EachChannel, Products
from pellucid.layers.windows import Windows
from pellucid.types import Array

FEW = 4
"""Up to so many channels XLA's convolution on a processor is slower than a product of matrices."""

VECTOR_WIDTH = 16
"""How many numbers a vector of the processor holds."""


class FewChannels(LibraryOnCPU):
    """The library's convolution for dW alone; what goes through the kernel's few channels as products. For a single one
    patches are short, and going place by place is faster where its filters fill whole vectors.
    """

    def forward(self, x: Array, W: Array) -> Array:
        alone = x.shape[-1] == 1 and W.shape[-1] % VECTOR_WIDTH == 0
        return (EachChannel if alone else Products)(self.windows, 1).forward(x, W)

    def by_input(self, dy: Array, W: Array) -> Array:
        return Products(self.windows, 1).by_input(dy, W)


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


def correlation(windows: Windows, groups: int, W: Array) -> Correlation:
    """The way that is fast for a kernel like ``W`` on the machine where it is: the one place that chooses."""
    thin = _is_thin(windows)
    if ops.on_accelerator(W) and not thin:
        return Library(windows, groups)
    channels = W.shape[-2]
    if groups > 1:
        return EachChannel(windows, groups) if channels == 1 else ByGroup(windows, groups)
    if thin or ops.is_numpy(W) or W.dtype != "float32":  # XLA's fast convolution on a processor is for that alone
        return Products(windows, groups)
    return LibraryOnCPU(windows, groups) if channels > FEW else FewChannels(windows, groups)


def _is_thin(windows: Windows) -> bool:
    """Whether windows stand apart and an axis of x or y has one place: there XLA's compiler may abort (ADR 16)."""
    return max(windows.stride) > 1 and 1 in (*windows.space, *windows.counts)
