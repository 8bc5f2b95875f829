"""The features of an example in another shape."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from pellucid import validate
from pellucid.errors import ShapeError
from pellucid.layer import Layer, shape_of
from pellucid.types import Array, Cache, Key, Params, State

if TYPE_CHECKING:
    from jaxtyping import Float


class Reshape(Layer):
    """The same numbers in ``shape`` for each example, in the same order, the last axis running fastest.

    Backward puts dy back into the shape of x. Shapes: x (B, ...); y (B, *shape).
    Hyper-parameter: ``shape``, without the axis of examples: ``Reshape((28, 28, 1))`` makes rows of 784 images.
    Raises ConfigError for sizes below 1, ShapeError where an example does not hold as many numbers.
    """

    shape: tuple[int, ...]

    def __post_init__(self) -> None:
        validate.instance(self, "shape", self.shape, tuple)
        for i, size in enumerate(self.shape):
            validate.positive_int(self, f"shape[{i}]", size)

    def forward(
        self, params: Params, state: State, x: Float[Array, "B *D"], key: Key | None = None, train: bool = False
    ) -> tuple[Float[Array, "B *K"], Cache, State]:
        has, wanted = math.prod(x.shape[1:]), math.prod(self.shape)
        if has != wanted:
            raise ShapeError(
                f"{self!r} needs {wanted} numbers for each example, but x of shape {shape_of(x)} has {has}"
            )
        return x.reshape(x.shape[0], *self.shape), {"x": x}, state

    def backward(self, params: Params, cache: Cache, dy: Float[Array, "B *K"]) -> tuple[Params, Float[Array, "B *D"]]:
        return {}, dy.reshape(cache["x"].shape)
