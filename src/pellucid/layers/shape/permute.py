"""The axes of an example in another order."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from pellucid import ops, validate
from pellucid.errors import ConfigError, ShapeError
from pellucid.layer import Layer, shape_of
from pellucid.types import Array, Cache, Key, Params, State

if TYPE_CHECKING:
    from jaxtyping import Float


class Permute(Layer):
    """The axes of each example in the order ``axes``, counted from 1: ``Permute((2, 1))`` makes (B, T, D) (B, D, T).

    Between two of them a ``Dense`` weighs steps of time: each feature on its own, all by the same weights.
    Backward puts the axes of dy back. Shapes: x (B, d_1, ..., d_n); y (B, d_axes[1], ..., d_axes[n]).
    Raises ConfigError unless ``axes`` has each number from 1 to n once, ShapeError where x has another number of axes.
    """

    axes: tuple[int, ...]

    def __post_init__(self) -> None:
        validate.instance(self, "axes", self.axes, tuple)
        if sorted(self.axes) != list(range(1, len(self.axes) + 1)):
            raise ConfigError(f"{self!r}: axes must be the numbers from 1 to {len(self.axes)} in some order")

    def forward(
        self, params: Params, state: State, x: Float[Array, "B *D"], key: Key | None = None, train: bool = False
    ) -> tuple[Float[Array, "B *K"], Cache, State]:
        if len(x.shape) != len(self.axes) + 1:
            raise ShapeError(f"{self!r} needs x with {len(self.axes)} axes behind that of examples, not {shape_of(x)}")
        return ops.namespace(x).transpose(x, (0, *self.axes)), {"x": x}, state

    def backward(self, params: Params, cache: Cache, dy: Float[Array, "B *K"]) -> tuple[Params, Float[Array, "B *D"]]:
        back = np.argsort((0, *self.axes)).tolist()
        return {}, ops.namespace(dy).transpose(dy, back)
