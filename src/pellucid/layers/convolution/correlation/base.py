"""The three sums that a convolution and its gradients are made of, each computed in several ways.

A kernel W (*size, C / groups, K) joins a large x (B, *S, C) and a small y (B, *counts, K), one entry of y for each of
the windows on x. Channels and filters stand in ``groups`` of neighbours; each group of filters sees its own channels.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass

from pellucid.layers.windows import Windows
from pellucid.types import Array


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
