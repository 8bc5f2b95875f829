"""What the cells share: weights for x and for the hidden numbers h, with several sums side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from pellucid import ops, require
from pellucid.errors import ShapeError
from pellucid.initializers import Glorot, Initializer, Orthogonal, Zeros
from pellucid.layer import Cell, shape_of
from pellucid.types import Array, HasShape, Key, Params, Tree

if TYPE_CHECKING:
    from jaxtyping import Float


class WeightedCell(Cell):
    """A cell of K units that take S weighted sums each, ``a = x W + h U + b``, and carry h, which starts at 0.

    Shapes: x (B, D); h (B, K); W (D, S K); U (K, S K); b (S K,), with the K columns of the first sum first.
    Hyper-parameters: ``units`` is K; ``weight``, ``recurrent`` and ``bias`` draw the first W, U and b, sum by sum.
    Raises ConfigError for ``units`` below 1, ShapeError for x with another number of features than W.
    """

    sums: ClassVar[int]
    """S, the number of weighted sums that each unit takes."""

    units: int
    weight: Initializer = Glorot()
    recurrent: Initializer = Orthogonal()
    bias: Initializer = Zeros()

    def __post_init__(self) -> None:
        require.positive_int(self, "units", self.units)
        for field in ("weight", "recurrent", "bias"):
            require.instance(self, field, getattr(self, field), Initializer)

    def init(self, key: Key, x: HasShape) -> Params:
        features = shape_of(x)[-1]

        def draw(rule: Initializer, key: Key, fan_in: int, *rows: int) -> Array:
            shape = (*rows, self.units)
            drawn = [rule(ops.fold_in(key, s), shape, fan_in, self.units, x.dtype) for s in range(self.sums)]
            return ops.namespace(key).concatenate(drawn, axis=-1)

        return {
            "W": draw(self.weight, ops.fold_in(key, 0), features, features),
            "U": draw(self.recurrent, ops.fold_in(key, 1), self.units, self.units),
            "b": draw(self.bias, ops.fold_in(key, 2), features),
        }

    def start(self, params: Params, batch: int, dtype: Any) -> Tree:
        return {"h": ops.namespace(params["W"]).zeros((batch, self.units), dtype=dtype)}

    def check_features(self, params: Params, x: Array) -> None:
        """Raise ShapeError unless x (B, D) has as many features as W is for."""
        features = params["W"].shape[0]
        if x.shape[-1] != features:
            raise ShapeError(f"{self!r} has weights for {features} features, but a step of x has {x.shape[-1]}")


def sum_gradients(
    params: Params, x: Float[Array, "B D"], h: Float[Array, "B K"], da: Float[Array, "B S*K"]
) -> tuple[Params, Float[Array, "B K"], Float[Array, "B D"]]:
    """``(dparams, dh, dx)`` of ``a = x W + h U + b``: ``dW = x^T da``, ``dU = h^T da``, ``db = sum_B da``,
    ``dh = da U^T``, ``dx = da W^T``.
    """
    return {"W": x.T @ da, "U": h.T @ da, "b": da.sum(axis=0)}, da @ params["U"].T, da @ params["W"].T
