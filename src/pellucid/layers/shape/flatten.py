"""All features of an example in one row."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from pellucid.layer import Layer
from pellucid.types import Array, Cache, Key, Params, State

if TYPE_CHECKING:
    from jaxtyping import Float


class Flatten(Layer):
    """The same numbers in one row for each example, the last axis running fastest: images for a ``Dense``.

    Backward puts dy back into the shape of x. Shapes: x (B, ...); y (B, D), D the product of the other axes of x.
    """

    def forward(
        self, params: Params, state: State, x: Float[Array, "B *D"], key: Key | None = None, train: bool = False
    ) -> tuple[Float[Array, "B D"], Cache, State]:
        return x.reshape(x.shape[0], math.prod(x.shape[1:])), {"x": x}, state

    def backward(self, params: Params, cache: Cache, dy: Float[Array, "B D"]) -> tuple[Params, Float[Array, "B *D"]]:
        return {}, dy.reshape(cache["x"].shape)
