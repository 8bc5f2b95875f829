"""The embedding: a row of weights for each of many things, such as words, letters or categories."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from pellucid import ops, validate
from pellucid.errors import ConfigError, DataError, ShapeError
from pellucid.initializers import FanIn, Initializer
from pellucid.layer import Layer, shape_of
from pellucid.masked import Masked, values_of
from pellucid.types import Array, Cache, HasShape, Key, Params, State, Tree

if TYPE_CHECKING:
    from jaxtyping import Float, Int


class Embedding(Layer):
    """``y = W[x]``: each whole number of x picks its row of W, as a one-hot row times W would.

    Backward: ``dW[i]`` is the sum of dy over all places where x is i; an index has no gradient, so ``dx = 0``.
    Shapes: x (B,) or (B, T), whole numbers from 0 to ``vocabulary - 1``, of an integer dtype or a float one; W
    (vocabulary, K); y (B, K) or (B, T, K). W has the dtype of x, or float32 if that is an integer one.
    Hyper-parameters: ``vocabulary``, how many rows there are; ``units`` is K; ``weight`` draws the first values, each
    output having a fan in of 1: by default standard normal numbers; ``padding`` is the number in x (B, T) that fills
    up short sequences: y is then ``Masked``, and layers behind take no notice of such steps.
    Raises ConfigError for ``padding`` outside the vocabulary, DataError for any other number in x; compiled code
    cannot, there its row of y is NaN. Source: Bengio et al. 2003, "A neural probabilistic language model", section 2.
    """

    vocabulary: int
    units: int
    weight: Initializer = FanIn()
    padding: int | None = None

    def __post_init__(self) -> None:
        validate.positive_int(self, "vocabulary", self.vocabulary)
        validate.positive_int(self, "units", self.units)
        validate.instance(self, "weight", self.weight, Initializer)
        if self.padding is not None:
            validate.non_negative_int(self, "padding", self.padding)
            if self.padding >= self.vocabulary:
                raise ConfigError(f"{self!r}: padding must be one of the {self.vocabulary} numbers of the vocabulary")

    def init(self, key: Key, x: HasShape) -> tuple[Params, State]:
        dtype = np.float32 if x.dtype.kind in "biu" else x.dtype
        return {"W": self.weight(key, (self.vocabulary, self.units), 1, self.units, dtype)}, {}

    def forward(
        self, params: Params, state: State, x: Int[Array, "B *T"], key: Key | None = None, train: bool = False
    ) -> tuple[Tree, Cache, State]:
        W = params["W"]
        xp = ops.namespace(W)
        index = x.astype(xp.int32)
        usable = (index == x) & (index >= 0) & (index < self.vocabulary)
        if ops.is_numpy(usable) and not usable.all():
            where = np.unravel_index(usable.argmin(), x.shape)
            raise DataError(
                f"{self!r}: x[{', '.join(map(str, where))}] is {x[where]}, "
                f"but must be a whole number from 0 to {self.vocabulary - 1}"
            )
        index = xp.where(usable, index, self.vocabulary)  # beyond the last row JAX takes NaN
        y = xp.take(W, index, axis=0)
        return y if self.padding is None else Masked(y, self._mask(index, y.dtype)), {"index": index}, state

    def backward(self, params: Params, cache: Cache, dy: Tree) -> tuple[Params, Float[Array, "B *T"]]:
        dy = values_of(dy)
        index, xp = cache["index"], ops.namespace(dy)
        dW = ops.scatter_add(xp.zeros_like(params["W"]), index, dy)
        return {"W": dW}, xp.zeros(index.shape, dtype=dy.dtype)

    def _mask(self, index: Int[Array, "B T"], dtype: Any) -> Float[Array, "B T"]:
        if len(index.shape) != 2:
            raise ShapeError(f"{self!r} hides padding in x of shape (batch, time), not {shape_of(index)}")
        return (index != self.padding).astype(dtype)
