"""The fully connected layer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pellucid import ops, validate
from pellucid.initializers import Glorot, Initializer, Zeros
from pellucid.layer import Layer
from pellucid.layers.features import as_rows, check_features, count_features
from pellucid.types import Array, Cache, HasShape, Key, Params, State

if TYPE_CHECKING:
    from jaxtyping import Float


class Dense(Layer):
    """``y = x W + b``: each of K units takes a weighted sum of all D inputs and adds its bias (its pre-activation).

    Shapes: x (B, D) or (B, T, D); W (D, K); b (K,); y (B, K) or (B, T, K).
    Hyper-parameters: ``units`` is K; ``weight`` and ``bias`` draw the first values; ``use_bias=False`` leaves b out.
    Gradients, summed over every axis but the last: ``dW = x^T dy``, ``db = sum dy``, ``dx = dy W^T``.
    Raises ShapeError unless x has at least two axes.
    """

    units: int
    use_bias: bool = True
    weight: Initializer = Glorot()
    bias: Initializer = Zeros()

    def __post_init__(self) -> None:
        validate.positive_int(self, "units", self.units)
        validate.instance(self, "use_bias", self.use_bias, bool)
        validate.instance(self, "weight", self.weight, Initializer)
        validate.instance(self, "bias", self.bias, Initializer)

    def init(self, key: Key, x: HasShape) -> tuple[Params, State]:
        fan_in = count_features(self, x)
        params = {"W": self.weight(ops.fold_in(key, 0), (fan_in, self.units), fan_in, self.units, x.dtype)}
        if self.use_bias:
            params["b"] = self.bias(ops.fold_in(key, 1), (self.units,), fan_in, self.units, x.dtype)
        return params, {}

    def forward(
        self, params: Params, state: State, x: Float[Array, "B *T D"], key: Key | None = None, train: bool = False
    ) -> tuple[Float[Array, "B *T K"], Cache, State]:
        check_features(self, params["W"], x)
        y = x @ params["W"]
        if self.use_bias:
            y = y + params["b"]
        return y, {"x": x}, state

    def backward(
        self, params: Params, cache: Cache, dy: Float[Array, "B *T K"]
    ) -> tuple[Params, Float[Array, "B *T D"]]:
        W, x = params["W"], cache["x"]
        rows_x, rows_dy = as_rows(x), as_rows(dy)
        dparams = {"W": rows_x.T @ rows_dy}
        if self.use_bias:
            dparams["b"] = rows_dy.sum(axis=0)
        return dparams, dy @ W.T
