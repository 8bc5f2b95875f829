"""Windows that move over space: what convolution and pooling share.

x is (B, *S, C), where *S is one axis of time or more of space: T, or H W. Nothing here loops over where a window can
stand, only over the few places inside it: one *view*, a slice of x with steps, holds one place of all windows at once.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np

from pellucid import ops
from pellucid.types import Array


@dataclass(frozen=True)
class Windows:
    """All windows on an x (B, *S, C), with an entry of each field for each axis of space.

    A window takes ``size`` numbers, ``dilation`` apart; the next one stands ``stride`` further; ``padding`` zeros stand
    before and after x. What is left over at the end, too little for another window, is in none.
    """

    space: tuple[int, ...]
    size: tuple[int, ...]
    stride: tuple[int, ...]
    dilation: tuple[int, ...]
    padding: tuple[tuple[int, int], ...]

    @property
    def padded(self) -> tuple[int, ...]:
        """How long each axis is with its zeros."""
        return tuple(n + before + after for n, (before, after) in zip(self.space, self.padding, strict=True))

    @property
    def has_padding(self) -> bool:
        """Whether anything stands around x."""
        return any(map(any, self.padding))

    @property
    def spans(self) -> tuple[int, ...]:
        """How long a window is from its first number to its last."""
        return tuple(d * (k - 1) + 1 for k, d in zip(self.size, self.dilation, strict=True))

    @property
    def counts(self) -> tuple[int, ...]:
        """How many windows there are along each axis: ``(padded - span) // stride + 1``."""
        axes = zip(self.padded, self.spans, self.stride, strict=True)
        return tuple((n - span) // stride + 1 for n, span, stride in axes)

    @property
    def places(self) -> int:
        """How many numbers of each channel are in a window."""
        return math.prod(self.size)

    def views(self, x: Array, around: float = 0.0) -> list[Array]:
        """A view (B, *counts, C) for each place in the window, first to last: what every window has there.

        ``around`` is what stands in the padding.
        """
        x = self._pad(x, around)
        return [x[where] for where in self._slices()]

    def patches(self, x: Array) -> Array:
        """(B, *counts, places * C): all that each window has, place after place, with zeros in the padding."""
        together = x.shape[-1] * (self.size[-1] if self.dilation[-1] == 1 else 1)  # numbers that follow one another
        if not ops.is_numpy(x) or together < 4:
            return ops.namespace(x).concatenate(self.views(x), axis=-1)
        x = self._pad(x, 0.0)
        batch, *space, channel = x.strides
        between = (n * stride for n, stride in zip(space, self.stride, strict=True))
        within = (n * dilation for n, dilation in zip(space, self.dilation, strict=True))
        shape, strides = (x.shape[0], *self.counts, *self.size, x.shape[-1]), (batch, *between, *within, channel)
        windows = np.lib.stride_tricks.as_strided(x, shape, strides, writeable=False)  # no copy yet
        return windows.reshape(*shape[: 1 + len(space)], -1)

    def add_up(self, parts: Iterable[Array]) -> Array:
        """The adjoint of ``views``: every number of x gets the sum of the parts from all views it is in.

        ``parts`` are (B, *counts, C), one for each place in the window; a number in no window gets 0.
        """
        parts = list(parts)
        batch, channels = parts[0].shape[0], parts[0].shape[-1]
        total = ops.namespace(parts[0]).zeros((batch, *self.padded, channels), dtype=parts[0].dtype)
        for where, part in zip(self._slices(), parts, strict=True):
            total = ops.add_at(total, where, part)
        return total[self._inside]

    @property
    def side_by_side(self) -> bool:
        """Whether every number of x is in one window and no other."""
        filled = tuple(n * k for n, k in zip(self.counts, self.size, strict=True))
        return not self.has_padding and self.stride == self.spans and self.space == filled

    def spread(self, y: Array) -> Array:
        """y (B, *counts, C) over windows side by side: every number of x gets that of its window."""
        xp = ops.namespace(y)
        for axis, (count, size) in enumerate(zip(self.counts, self.size, strict=True), 1):
            wide = xp.broadcast_to(xp.expand_dims(y, axis + 1), (*y.shape[: axis + 1], size, *y.shape[axis + 1 :]))
            y = wide.reshape(*y.shape[:axis], count * size, *y.shape[axis + 1 :])
        return y

    def place_of_each(self) -> np.ndarray[Any, Any]:
        """(*S, 1): which place each number of x has in its window, where windows are side by side."""
        along = (np.arange(n) % k for n, k in zip(self.space, self.size, strict=True))
        place = np.ravel_multi_index(np.ix_(*along), self.size)
        return np.asarray(place)[..., None]

    def _pad(self, x: Array, around: float) -> Array:
        if not self.has_padding:
            return x
        if not ops.is_numpy(x):
            return ops.namespace(x).pad(x, ((0, 0), *self.padding, (0, 0)), constant_values=around)
        wide = np.full((x.shape[0], *self.padded, x.shape[-1]), around, x.dtype)  # a fifth of the time of np.pad
        wide[self._inside] = x
        return wide

    @property
    def _inside(self) -> tuple[slice, ...]:
        """Where x is among its padding."""
        return (
            slice(None),
            *(slice(before, before + n) for n, (before, _) in zip(self.space, self.padding, strict=True)),
        )

    def _slices(self) -> Iterator[tuple[slice, ...]]:
        axes = list(zip(self.dilation, self.stride, self.counts, strict=True))
        for place in product(*map(range, self.size)):
            starts = ((i * dilation, *axis) for i, (dilation, *axis) in zip(place, axes, strict=True))
            yield (slice(None), *(slice(at, at + stride * (count - 1) + 1, stride) for at, stride, count in starts))
