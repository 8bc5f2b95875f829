"""What the convolutions share, whatever their number of axes."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING

from pellucid import ops, require
from pellucid.errors import ShapeError
from pellucid.initializers import Glorot, Initializer, Zeros
from pellucid.layer import Layer, shape_of
from pellucid.layers.windows import Padding, Sizes, Windows, check_padding, check_sizes, place_windows
from pellucid.types import Array, Cache, HasShape, Key, Params, State

if TYPE_CHECKING:
    from jaxtyping import Float


class Convolution(Layer):
    """``y = patches(x) W + b``: each of K filters is a dense unit that sees one small window of x after another.

    A window's numbers in one row, all channels of its first place first, make its patch; so the layer is one product
    of matrices, as are its gradients. (It adds up as a correlation: the kernel is not turned round.)
    Gradients, summed over batch and windows: ``dW = patches^T dy``, ``db = sum dy``; ``dx`` adds up the rows
    ``dy W^T`` where their windows stood.
    """

    filters: int
    kernel: Sizes
    stride: Sizes = 1
    padding: Padding = "valid"
    dilation: Sizes = 1
    use_bias: bool = True
    weight: Initializer = Glorot()
    bias: Initializer = Zeros()

    @property
    @abstractmethod
    def axes(self) -> int:
        """How many axes of space x has."""

    def __post_init__(self) -> None:
        require.positive_int(self, "filters", self.filters)
        check_sizes(self, self.axes, kernel=self.kernel, stride=self.stride, dilation=self.dilation)
        check_padding(self, self.axes, self.padding)
        require.instance(self, "use_bias", self.use_bias, bool)
        require.instance(self, "weight", self.weight, Initializer)
        require.instance(self, "bias", self.bias, Initializer)

    def init(self, key: Key, x: HasShape) -> tuple[Params, State]:
        windows = self._windows(x)
        channels = shape_of(x)[-1]
        shape = (*windows.size, channels, self.filters)
        fans = windows.places * channels, windows.places * self.filters
        params = {"W": self.weight(ops.fold_in(key, 0), shape, *fans, x.dtype)}
        if self.use_bias:
            params["b"] = self.bias(ops.fold_in(key, 1), (self.filters,), *fans, x.dtype)
        return params, {}

    def forward(
        self, params: Params, state: State, x: Float[Array, "B *S C"], key: Key | None = None, train: bool = False
    ) -> tuple[Float[Array, "B *N K"], Cache, State]:
        W = params["W"]
        windows = self._windows(x)
        if x.shape[-1] != W.shape[-2]:
            raise ShapeError(
                f"{self!r} has weights for {W.shape[-2]} channels, but x has shape {shape_of(x)}: "
                f"its last axis must be {W.shape[-2]}"
            )
        y = _patches(windows, x) @ W.reshape(-1, self.filters)
        if self.use_bias:
            y = y + params["b"]
        return y.reshape(x.shape[0], *windows.counts, self.filters), {"x": x}, state

    def backward(
        self, params: Params, cache: Cache, dy: Float[Array, "B *N K"]
    ) -> tuple[Params, Float[Array, "B *S C"]]:
        W, x = params["W"], cache["x"]
        windows = self._windows(x)
        rows = dy.reshape(-1, self.filters)
        # The patches take many times the memory of x, so they are made anew; compiled, they are those of forward.
        dparams = {"W": (_patches(windows, x).T @ rows).reshape(W.shape)}
        if self.use_bias:
            dparams["b"] = rows.sum(axis=0)
        dpatches = (rows @ W.reshape(-1, self.filters).T).reshape(*dy.shape[:-1], windows.places, x.shape[-1])
        return dparams, windows.add_up(dpatches[..., place, :] for place in range(windows.places))

    def _windows(self, x: HasShape) -> Windows:
        return place_windows(self, self.axes, x, self.kernel, self.stride, self.dilation, self.padding)


def _patches(windows: Windows, x: Array) -> Array:
    """A row for each window, batch and windows in order: (rows, places * C)."""
    patches = ops.namespace(x).concatenate(windows.views(x), axis=-1)
    return patches.reshape(-1, patches.shape[-1])
