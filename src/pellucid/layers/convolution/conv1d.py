"""Convolution over time."""

from __future__ import annotations

from pellucid.layers.convolution.convolution import Convolution


class Conv1D(Convolution):
    """``y[t, k] = sum_{i, c} x[stride t + dilation i, c] W[i, c, k] + b[k]``, with x between its zeros of padding.

    Shapes: x (B, T, C); W (kernel, C / groups, K); b (K,); y (B, N, K), where with S numbers of x and padding together
    ``N = (S - dilation (kernel - 1) - 1) // stride + 1``.
    Hyper-parameters: ``filters`` is K; ``kernel``, ``stride`` and ``dilation`` are whole numbers; ``padding`` is
    "valid" (none), "same" (``N = ceil(T / stride)``) or ``((before, after),)``; ``groups``, which must divide C and K,
    lets each group of filters see a group of channels alone; ``weight`` and ``bias`` draw the
    first values; ``use_bias=False`` leaves b out. Gradients: see Convolution.
    Raises ConfigError for what is no such number, ShapeError unless x has three axes, and for a kernel larger than x
    with its padding. Source: Waibel et al. 1989, "Phoneme recognition using time-delay neural networks".
    """

    axes = 1
