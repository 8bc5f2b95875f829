"""Convolution over images."""

from __future__ import annotations

from pellucid.layers.convolution.convolution import Convolution


class Conv2D(Convolution):
    """``y[n, m, k] = sum_{i, j, c} x[s n + d i, s m + d j, c] W[i, j, c, k] + b[k]``, s the stride, d the dilation.

    Shapes: x (B, H, W, C), between its zeros of padding; W (kh, kw, C / groups, K); b (K,); y (B, N, M, K), where
    with S rows of x and padding together ``N = (S - d (kh - 1) - 1) // s + 1``, and M likewise with columns and kw.
    Hyper-parameters: ``filters`` is K; ``kernel``, ``stride`` and ``dilation`` are one whole number, or a pair for
    height and width; ``padding`` is "valid" (none), "same" (``N = ceil(H / s)``) or
    ``((top, bottom), (left, right))``; ``groups``, which must divide C and K, lets each group of filters see a group of
    channels alone; ``weight`` and ``bias`` draw the first values; ``use_bias=False`` leaves b out.
    Gradients: see Convolution. Raises ConfigError for what is no such number, ShapeError unless x has four axes, and
    for a kernel larger than x with its padding. Source: LeCun et al. 1998, "Gradient-based learning applied to
    document recognition", section II.
    """

    axes = 2
