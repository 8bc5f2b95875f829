"""A fully connected layer for each member of an ensemble."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pellucid import ops, validate
from pellucid.errors import ShapeError
from pellucid.initializers import Glorot, Initializer, Zeros
from pellucid.layer import Layer, shape_of
from pellucid.layers.features import count_features
from pellucid.types import Array, Cache, HasShape, Key, Params, State

if TYPE_CHECKING:
    from jaxtyping import Float


class DenseEnsemble(Layer):
    """``y_m = x_m W_m + b_m`` for each of M members: ``Dense`` layers side by side that share nothing.

    Of x (B, D) every member gets the same, as in the first layer of an ensemble. Activations and dropout between such
    layers act on each number alone, so that members stay apart up to ``EnsembleLoss``, which trains each by itself and
    predicts their mean.
    Shapes: x (B, D) or (B, M, D); W (M, D, K); b (M, K); y (B, M, K).
    Hyper-parameters: ``members`` is M, ``units`` is K; ``weight`` and ``bias`` draw the first values.
    Gradients, summed over the batch: ``dW_m = x_m^T dy_m``, ``db_m = sum dy_m``, ``dx_m = dy_m W_m^T``; of x (B, D) dx
    is the sum over the members.
    Raises ShapeError unless x has such a shape. Source: Lakshminarayanan, Pritzel and Blundell 2017, "Simple and
    scalable predictive uncertainty estimation using deep ensembles"; side by side in one network: Laurent et al. 2023,
    "Packed-ensembles for efficient uncertainty estimation".
    """

    members: int
    units: int
    weight: Initializer = Glorot()
    bias: Initializer = Zeros()

    def __post_init__(self) -> None:
        validate.positive_int(self, "members", self.members)
        validate.positive_int(self, "units", self.units)
        validate.instance(self, "weight", self.weight, Initializer)
        validate.instance(self, "bias", self.bias, Initializer)

    def init(self, key: Key, x: HasShape) -> tuple[Params, State]:
        self._check(x, count_features(self, x))
        fan_in, fan_out, members = shape_of(x)[-1], self.units, self.members
        W = self.weight(ops.fold_in(key, 0), (members, fan_in, fan_out), fan_in, fan_out, x.dtype)
        return {"W": W, "b": self.bias(ops.fold_in(key, 1), (members, fan_out), fan_in, fan_out, x.dtype)}, {}

    def forward(
        self, params: Params, state: State, x: Float[Array, "B *M D"], key: Key | None = None, train: bool = False
    ) -> tuple[Float[Array, "B M K"], Cache, State]:
        W = params["W"]
        self._check(x, W.shape[1])
        if x.ndim == 3:
            y = (x.swapaxes(0, 1) @ W).swapaxes(0, 1)
            return y + params["b"], {"x": x}, state
        y = x @ _side_by_side(W)  # one product for all members
        return y.reshape(-1, *W.shape[::2]) + params["b"], {"x": x}, state

    def backward(
        self, params: Params, cache: Cache, dy: Float[Array, "B M K"]
    ) -> tuple[Params, Float[Array, "B *M D"]]:
        W, x = params["W"], cache["x"]
        db = dy.sum(axis=0)
        if x.ndim == 2:
            rows = dy.reshape(len(dy), -1)
            dW = (x.T @ rows).reshape(W.shape[1], self.members, -1).swapaxes(0, 1)
            return {"W": dW, "b": db}, rows @ _side_by_side(W).T
        each = dy.swapaxes(0, 1)
        dW = x.transpose(1, 2, 0) @ each
        return {"W": dW, "b": db}, (each @ W.swapaxes(1, 2)).swapaxes(0, 1)

    def _check(self, x: HasShape, features: int) -> None:
        if shape_of(x)[1:] not in ((features,), (self.members, features)):
            raise ShapeError(
                f"{self!r} needs x of shape (batch, {features}) or (batch, {self.members}, {features}), "
                f"not {shape_of(x)}"
            )


def _side_by_side(W: Float[Array, "M D K"]) -> Float[Array, "D MK"]:
    return W.swapaxes(0, 1).reshape(W.shape[1], -1)
