"""What the convolutions share, whatever their number of axes."""

from __future__ import annotations

import math
from abc import abstractmethod
from typing import TYPE_CHECKING

from pellucid import ops, validate
from pellucid.errors import ConfigError, ShapeError
from pellucid.initializers import Glorot, Initializer, Zeros
from pellucid.layer import Layer, shape_of
from pellucid.layers.convolution.correlation import Correlation, correlation
from pellucid.layers.windows import Padding, Sizes, Windows, check_padding, check_sizes, place_windows
from pellucid.types import Array, Cache, HasShape, Key, Params, State

if TYPE_CHECKING:
    from jaxtyping import Float


class Convolution(Layer):
    """``y = patches(x) W + b``: each of K filters is a dense unit that sees one small window of x after another.

    A window's numbers in one row, all channels of its first place first, make its patch; so the layer is one product
    of matrices, as are its gradients. (It adds up as a correlation: the kernel is not turned round.) With ``groups``
    there are so many such products side by side: the first K / groups filters see the first C / groups channels alone,
    the next ones the next. See ``correlation`` for all three sums, and for how a GPU finds them.
    Gradients, summed over batch and windows: ``dW = patches^T dy``, ``db = sum dy``; ``dx`` adds up the rows
    ``dy W^T`` where their windows stood.
    """

    filters: int
    kernel: Sizes
    stride: Sizes = 1
    padding: Padding = "valid"
    dilation: Sizes = 1
    groups: int = 1
    use_bias: bool = True
    weight: Initializer = Glorot()
    bias: Initializer = Zeros()

    @property
    @abstractmethod
    def axes(self) -> int:
        """How many axes of space x has."""

    def __post_init__(self) -> None:
        check_sizes(self, self.axes, kernel=self.kernel, stride=self.stride, dilation=self.dilation)
        check_padding(self, self.axes, self.padding)
        validate.positive_int(self, "filters", self.filters)
        validate.positive_int(self, "groups", self.groups)
        validate.instance(self, "use_bias", self.use_bias, bool)
        validate.instance(self, "weight", self.weight, Initializer)
        validate.instance(self, "bias", self.bias, Initializer)
        if self.filters % self.groups:
            raise ConfigError(f"{self!r}: groups must divide filters, and {self.groups} does not divide {self.filters}")

    def init(self, key: Key, x: HasShape) -> tuple[Params, State]:
        windows, channels = self._windows(x), shape_of(x)[-1]
        if channels % self.groups:
            raise ShapeError(
                f"{self!r}: groups must divide the channels, and {self.groups} does not divide the {channels} of x of "
                f"shape {shape_of(x)}"
            )
        fans = windows.places * channels // self.groups, windows.places * self.filters // self.groups
        shape = (*windows.size, *self._ends(channels))
        params = {"W": self.weight(ops.fold_in(key, 0), shape, *fans, x.dtype)}
        if self.use_bias:
            params["b"] = self.bias(ops.fold_in(key, 1), (self.filters,), *fans, x.dtype)
        return params, {}

    def forward(
        self, params: Params, state: State, x: Float[Array, "B *S C"], key: Key | None = None, train: bool = False
    ) -> tuple[Float[Array, "B *N K"], Cache, State]:
        W, windows = params["W"], self._windows(x)
        channels = math.prod(W.shape[-2:]) * self.groups // self.filters
        if x.shape[-1] != channels:
            raise ShapeError(
                f"{self!r} has weights for {channels} channels, but x has shape {shape_of(x)}: "
                f"its last axis must be {channels}"
            )
        y = self._apply(correlation(windows, self.groups, W), x, W)
        if self.use_bias:
            y = y + params["b"]
        return y, {"x": x}, state

    def backward(
        self, params: Params, cache: Cache, dy: Float[Array, "B *N K"]
    ) -> tuple[Params, Float[Array, "B *S C"]]:
        x, W = cache["x"], params["W"]
        dW, dx = self._gradients(correlation(self._windows(x), self.groups, W), x, W, dy)
        dparams = {"W": dW}
        if self.use_bias:
            dparams["b"] = dy.reshape(-1, self.filters).sum(axis=0)
        return dparams, dx

    def _windows(self, x: HasShape) -> Windows:
        return place_windows(self, self.axes, x, self.kernel, self.stride, self.dilation, self.padding)

    def _ends(self, channels: int) -> tuple[int, int]:
        """The last two axes of W."""
        return channels // self.groups, self.filters

    def _apply(self, sums: Correlation, x: Array, W: Array) -> Array:
        return sums.forward(x, W)

    def _gradients(self, sums: Correlation, x: Array, W: Array, dy: Array) -> tuple[Array, Array]:
        return sums.by_kernel(x, dy, W), sums.by_input(dy, W)
