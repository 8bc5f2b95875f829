"""Convolution of each channel alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pellucid import validate
from pellucid.initializers import Glorot, Initializer, Zeros
from pellucid.layer import Layer, shape_of
from pellucid.layers.convolution.conv2d import Conv2D
from pellucid.layers.windows import Padding, Sizes, check_padding, check_sizes, place_windows
from pellucid.types import Array, Cache, HasShape, Key, Params, State

if TYPE_CHECKING:
    from jaxtyping import Float


class DepthwiseConv2D(Layer):
    """``y[n, m, c M + q] = sum_{i, j} x[s n + d i, s m + d j, c] W[i, j, 0, c M + q] + b[c M + q]``, q below M.

    M, the ``multiplier``, is how many filters each channel has of its own; s is the stride, d the dilation. This is
    ``Conv2D(C M, kernel, groups=C)``, a group for each channel, so that the number of filters follows from x; a
    ``Conv2D(K, 1)`` behind it mixes the channels. For each place of the kernel there is one multiplication and
    addition over all of x.
    Shapes: x (B, H, W, C), between its zeros of padding; W (kh, kw, 1, C M); b (C M,); y (B, N, M', C M), with N and
    M' as in Conv2D. The other hyper-parameters, the gradients and what is raised are those of Conv2D.
    Source: Howard et al. 2017, "MobileNets: efficient convolutional neural networks for mobile vision applications",
    eq. 3.
    """

    kernel: Sizes
    multiplier: int = 1
    stride: Sizes = 1
    padding: Padding = "valid"
    dilation: Sizes = 1
    use_bias: bool = True
    weight: Initializer = Glorot()
    bias: Initializer = Zeros()

    def __post_init__(self) -> None:
        validate.positive_int(self, "multiplier", self.multiplier)
        check_sizes(self, 2, kernel=self.kernel, stride=self.stride, dilation=self.dilation)
        check_padding(self, 2, self.padding)
        validate.instance(self, "use_bias", self.use_bias, bool)
        validate.instance(self, "weight", self.weight, Initializer)
        validate.instance(self, "bias", self.bias, Initializer)

    def init(self, key: Key, x: HasShape) -> tuple[Params, State]:
        return self._grouped(x).init(key, x)

    def forward(
        self, params: Params, state: State, x: Float[Array, "B H W C"], key: Key | None = None, train: bool = False
    ) -> tuple[Float[Array, "B N M K"], Cache, State]:
        return self._grouped(x).forward(params, state, x)

    def backward(
        self, params: Params, cache: Cache, dy: Float[Array, "B N M K"]
    ) -> tuple[Params, Float[Array, "B H W C"]]:
        return self._grouped(cache["x"]).backward(params, cache, dy)

    def _grouped(self, x: HasShape) -> Conv2D:
        """The Conv2D that this is, for x; an x that does not fit is refused in the name of this layer."""
        place_windows(self, 2, x, self.kernel, self.stride, self.dilation, self.padding)
        channels = shape_of(x)[-1]
        return Conv2D(
            channels * self.multiplier,
            self.kernel,
            self.stride,
            self.padding,
            self.dilation,
            channels,
            self.use_bias,
            self.weight,
            self.bias,
        )
