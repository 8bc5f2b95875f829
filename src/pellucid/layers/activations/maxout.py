"""The largest of several weighted sums."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pellucid import ops, validate
from pellucid.initializers import Glorot, Initializer, Zeros
from pellucid.layer import Layer
from pellucid.layers.activations.activation_info import ActivationInfo
from pellucid.layers.features import check_features, count_features
from pellucid.types import Array, Cache, HasShape, Key, Params, State

if TYPE_CHECKING:
    from jaxtyping import Float


class Maxout(ActivationInfo, Layer):
    """``y = max_p (x W_p + b_p)``: each of K units has P weighted sums, its pieces, and passes on the largest.

    A unit learns its own activation: a convex function of straight pieces. ReLU is the case of two pieces, one of
    them 0. Backward goes through the winning piece alone, the first of those that tie.
    Shapes: x (B, D) or (B, T, D); W (D, P, K); b (P, K); y (B, K) or (B, T, K). The cache keeps the pieces as ``z``
    (B, ..., P, K) and the number of each ``winner`` (B, ..., K).
    Hyper-parameters: ``units`` is K; ``pieces`` is P; ``weight`` and ``bias`` draw the first values, piece by piece.
    Raises ConfigError for sizes below 1, ShapeError unless x has at least two axes. Source: Goodfellow et al. 2013,
    "Maxout networks", section 2.
    """

    formula = r"y = \max_p\,(x W_p + b_p)"
    derivative_formula = r"\frac{\partial y}{\partial x} = W_{p^*},\ p^* = \mathrm{argmax}_p\,(x W_p + b_p)"
    output_range = (-float("inf"), float("inf"))
    saturates = "nowhere: the winning piece is a straight line"
    can_die = "no: some piece always wins; a piece that never wins learns nothing"

    units: int
    pieces: int = 2
    weight: Initializer = Glorot()
    bias: Initializer = Zeros()

    def __post_init__(self) -> None:
        validate.positive_int(self, "units", self.units)
        validate.positive_int(self, "pieces", self.pieces)
        validate.instance(self, "weight", self.weight, Initializer)
        validate.instance(self, "bias", self.bias, Initializer)

    def init(self, key: Key, x: HasShape) -> tuple[Params, State]:
        fan_in = count_features(self, x)

        def draw(rule: Initializer, key: Key, shape: tuple[int, ...]) -> Array:
            pieces = [rule(ops.fold_in(key, p), shape, fan_in, self.units, x.dtype) for p in range(self.pieces)]
            return ops.namespace(key).stack(pieces, axis=-2)

        W = draw(self.weight, ops.fold_in(key, 0), (fan_in, self.units))
        return {"W": W, "b": draw(self.bias, ops.fold_in(key, 1), (self.units,))}, {}

    def forward(
        self, params: Params, state: State, x: Float[Array, "B *T D"], key: Key | None = None, train: bool = False
    ) -> tuple[Float[Array, "B *T K"], Cache, State]:
        W = params["W"]
        check_features(self, W, x)
        xp = ops.namespace(x)
        z = (x @ W.reshape(W.shape[0], -1)).reshape(*x.shape[:-1], self.pieces, self.units) + params["b"]
        winner = z.argmax(axis=-2)
        y = xp.take_along_axis(z, winner[..., None, :], axis=-2)[..., 0, :]
        return y, {"x": x, "z": z, "winner": winner}, state

    def backward(
        self, params: Params, cache: Cache, dy: Float[Array, "B *T K"]
    ) -> tuple[Params, Float[Array, "B *T D"]]:
        W, x = params["W"], cache["x"]
        xp = ops.namespace(dy)
        wins = cache["winner"][..., None, :] == xp.arange(self.pieces)[:, None]
        dz = xp.where(wins, dy[..., None, :], 0.0)
        rows_x, rows_dz = x.reshape(-1, x.shape[-1]), dz.reshape(-1, self.pieces * self.units)
        dW = (rows_x.T @ rows_dz).reshape(W.shape)
        db = rows_dz.sum(axis=0).reshape(self.pieces, self.units)
        dx = (rows_dz @ W.reshape(W.shape[0], -1).T).reshape(x.shape)
        return {"W": dW, "b": db}, dx
