"""What the cells share: weights for x and for the hidden numbers h, with several sums side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from pellucid import ops, validate
from pellucid.errors import ShapeError
from pellucid.initializers import Glorot, Initializer, Orthogonal, Zeros
from pellucid.layer import Cell, shape_of
from pellucid.types import Array, Cache, HasShape, Key, Params, Tree

if TYPE_CHECKING:
    from jaxtyping import Float


class WeightedCell(Cell):
    """A cell of K units that take S weighted sums each, ``a = x W + h U + b``, and carry h, which starts at 0.

    ``project`` gives each step ``x W + b``; ``backward`` goes as far as da, and ``gather`` makes the gradients of it.

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
        validate.positive_int(self, "units", self.units)
        for field in ("weight", "recurrent", "bias"):
            validate.instance(self, field, getattr(self, field), Initializer)

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

    def project(self, params: Params, x: Float[Array, "*N D"]) -> Float[Array, "*N S*K"]:
        """``x W + b``, the part of the sums that needs no carry."""
        features = params["W"].shape[0]
        if x.shape[-1] != features:
            raise ShapeError(f"{self!r} has weights for {features} features, but a step of x has {x.shape[-1]}")
        return x @ params["W"] + params["b"]

    def gather(
        self, params: Params, cache: Cache, x: Float[Array, "*N D"], dx: Float[Array, "*N S*K"]
    ) -> tuple[Params, Float[Array, "*N D"]]:
        """With da for ``dx``: ``dW = x^T da``, ``dU = h^T da``, ``db = sum da``, and x gets ``da W^T``."""
        dparams = {"W": product(x, dx), "U": product(cache["h_before"], dx), "b": rows(dx).sum(axis=0)}
        return dparams, dx @ params["W"].T


def rows(x: Float[Array, "*N K"]) -> Float[Array, "N K"]:
    """All steps of all examples as rows of a matrix."""
    return x.reshape(-1, x.shape[-1])


def product(a: Float[Array, "*N D"], b: Float[Array, "*N K"]) -> Float[Array, "D K"]:
    """``a^T b``, summed over all steps and examples."""
    return rows(a).T @ rows(b)
