"""Where the windows of a layer stand on x, or on the larger y of a transposed convolution."""

from __future__ import annotations

from dataclasses import replace

from pellucid.errors import ShapeError
from pellucid.layer import Layer, shape_of
from pellucid.layers.windows.options import Padding, Sizes, check_space, each_axis
from pellucid.layers.windows.windows import Windows
from pellucid.types import HasShape


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
