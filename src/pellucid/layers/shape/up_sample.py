"""Larger sequences and images, by repeating what is there."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING

from pellucid import ops
from pellucid.layer import Layer
from pellucid.layers.windows import Sizes, check_sizes, check_space, each_axis
from pellucid.types import Array, Cache, Key, Params, State

if TYPE_CHECKING:
    from jaxtyping import Float


class UpSample(Layer):
    """Every number becomes a block of ``size`` equal ones (the nearest neighbour of each place of y).

    Backward: dx is the sum of dy over each number's block.
    """

    size: Sizes

    @property
    @abstractmethod
    def axes(self) -> int:
        """How many axes of space x has."""

    def __post_init__(self) -> None:
        check_sizes(self, self.axes, size=self.size)

    def forward(
        self, params: Params, state: State, x: Float[Array, "B *S C"], key: Key | None = None, train: bool = False
    ) -> tuple[Float[Array, "B *N C"], Cache, State]:
        check_space(self, self.axes, x)
        y = x
        for axis, size in enumerate(each_axis(self.size, self.axes), 1):
            y = ops.namespace(y).repeat(y, size, axis=axis)
        return y, {}, state

    def backward(
        self, params: Params, cache: Cache, dy: Float[Array, "B *N C"]
    ) -> tuple[Params, Float[Array, "B *S C"]]:
        dx = dy
        for axis, size in enumerate(each_axis(self.size, self.axes), 1):
            dx = dx.reshape(*dx.shape[:axis], -1, size, *dx.shape[axis + 1 :]).sum(axis=axis + 1)
        return {}, dx


class UpSample1D(UpSample):
    """``y[t, c] = x[t // size, c]``: every moment ``size`` times. Gradient: see UpSample.

    Shapes: x (B, T, C); y (B, T size, C). Raises ConfigError for a size below 1, ShapeError unless x has three axes.
    """

    axes = 1


class UpSample2D(UpSample):
    """``y[n, m, c] = x[n // size, m // size, c]``: every pixel as a block of ``size`` by ``size``.

    Shapes: x (B, H, W, C); y (B, H size, W size, C). ``size`` is one whole number, or a pair for height and width.
    Gradient: see UpSample. Raises ConfigError for a size below 1, ShapeError unless x has four axes. Source: Odena,
    Dumoulin and Olah 2016, "Deconvolution and checkerboard artifacts", where a convolution follows it.
    """

    axes = 2
