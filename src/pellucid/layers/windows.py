"""Windows that move over space: what convolution and pooling share.

x is (B, *S, C), where *S is one axis of time or more of space: T, or H W. Nothing here loops over where a window can
stand, only over the few places inside it: one *view*, a slice of x with steps, holds one place of all windows at once.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import product
from typing import Any, TypeAlias

import numpy as np

from pellucid import ops, validate
from pellucid.errors import ConfigError, ShapeError, UnknownNameError
from pellucid.layer import Layer, shape_of
from pellucid.types import Array, HasShape

Sizes: TypeAlias = int | tuple[int, ...]
"""One whole number for all axes of space, or one for each."""

Padding: TypeAlias = str | tuple[tuple[int, int], ...]
"""How many zeros stand around x: "valid", "same", or (before, after) for each axis of space."""

AXES = {1: ("time",), 2: ("height", "width")}
"""What the axes of space are called, by their number."""


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


def place_windows(
    layer: Layer,
    axes: int,
    x: HasShape,
    size: Sizes,
    stride: Sizes,
    dilation: Sizes = 1,
    padding: Padding = "valid",
) -> Windows:
    """The windows of ``layer`` on x, which has so many ``axes`` of space.

    "same" puts as many zeros around x as make ``ceil(S / stride)`` windows; the odd one stands at the end.
    Raises ShapeError unless x is (B, *S, C), and where a window is larger than x.
    """
    check_space(layer, axes, x)
    windows = _padded(_bare(axes, shape_of(x)[1:-1], size, stride, dilation), padding)
    if any(span > n for span, n in zip(windows.spans, windows.padded, strict=True)):
        raise ShapeError(
            f"{layer!r} has windows of {_by(windows.spans)}, larger than x of shape {shape_of(x)}, which is "
            f"{_by(windows.padded)} with its padding: take smaller ones, or fewer layers that shrink x before"
        )
    return windows


def place_transposed(
    layer: Layer, axes: int, x: HasShape, size: Sizes, stride: Sizes, dilation: Sizes, padding: Padding
) -> Windows:
    """The windows on a larger y, of which each number of x has one: ``counts`` are the lengths of x.

    y has ``(S - 1) stride + span`` numbers along an axis, less its padding; "same" means ``S stride`` numbers.
    Raises ShapeError unless x is (B, *S, C), and where nothing of y is left.
    """
    check_space(layer, axes, x)
    windows = _bare(axes, shape_of(x)[1:-1], size, stride, dilation)
    starts = zip(windows.space, windows.stride, strict=True)
    if padding == "same":
        space = tuple(n * step for n, step in starts)
    else:
        full = tuple((n - 1) * step + span for (n, step), span in zip(starts, windows.spans, strict=True))
        space = tuple(n - sum(pair) for n, pair in zip(full, _padded(windows, padding).padding, strict=True))
    if min(*windows.space, *space) < 1:
        raise ShapeError(
            f"{layer!r} makes y of {_by(space)} from x of shape {shape_of(x)}, and nothing is left of it: take less "
            "padding, which cuts y here, or a larger x"
        )
    return _padded(replace(windows, space=space), padding)


def check_space(layer: Layer, axes: int, x: HasShape) -> None:
    """Raise ShapeError unless x is (B, *S, C) with so many ``axes`` of space."""
    if len(x.shape) != axes + 2:
        wanted = ", ".join(("batch", *AXES[axes], "channels"))
        cure = "Reshape before it makes rows into that" if len(x.shape) == 2 else "a single channel is x[..., None]"
        raise ShapeError(f"{layer!r} needs x of shape ({wanted}), not {shape_of(x)}; {cure}")


def check_sizes(layer: Layer, axes: int, **fields: Any) -> None:
    """Raise ConfigError unless every field is a whole number of at least 1, or a tuple of one for each axis."""
    for field, value in fields.items():
        if isinstance(value, (tuple, list)) and (isinstance(value, list) or len(value) != axes):
            raise ConfigError(
                f"{type(layer).__name__}: {field} must be a whole number or a tuple of {axes}, not {value!r}"
            )
        for number in value if isinstance(value, tuple) else (value,):
            validate.positive_int(layer, field, number)


def check_padding(layer: Layer, axes: int, padding: Any) -> None:
    """Raise UnknownNameError for a word but "valid" and "same", ConfigError unless (before, after) for each axis."""
    if isinstance(padding, str):
        if padding not in ("valid", "same"):
            raise UnknownNameError("padding", padding, ("valid", "same"))
        return
    pairs = padding if isinstance(padding, tuple) else ()
    if len(pairs) != axes or not all(isinstance(pair, tuple) and len(pair) == 2 for pair in pairs):
        example = ", ".join(["(1, 1)"] * axes) + ("," if axes == 1 else "")
        raise ConfigError(
            f'{type(layer).__name__}: padding must be "valid", "same" or (before, after) for each axis, such as '
            f"({example}), not {padding!r}"
        )
    for number in (number for pair in pairs for number in pair):
        validate.non_negative_int(layer, "padding", number)


def each_axis(sizes: Sizes, axes: int) -> tuple[int, ...]:
    """A whole number for each axis of space."""
    return sizes if isinstance(sizes, tuple) else (sizes,) * axes


def _bare(axes: int, space: tuple[int, ...], *sizes: Sizes) -> Windows:
    """Windows without padding; ``sizes`` are size, stride and dilation."""
    size, stride, dilation = (each_axis(n, axes) for n in sizes)
    return Windows(space, size, stride, dilation, ((0, 0),) * axes)


def _padded(windows: Windows, padding: Padding) -> Windows:
    if padding == "same":
        ends = zip(windows.space, windows.spans, windows.stride, strict=True)
        missing = [max((-(-n // step) - 1) * step + span - n, 0) for n, span, step in ends]
        padding = tuple((n // 2, n - n // 2) for n in missing)
    return windows if isinstance(padding, str) else replace(windows, padding=padding)


def _by(sizes: tuple[int, ...]) -> str:
    return " x ".join(map(str, sizes))
