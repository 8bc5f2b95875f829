"""A mask for padded sequences: steps that hold nothing but padding are hidden."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pellucid import ops, validate
from pellucid.layer import Layer
from pellucid.layers.features import check_steps
from pellucid.masked import Masked
from pellucid.types import Array, Cache, Key, Params, State

if TYPE_CHECKING:
    from jaxtyping import Float


class Mask(Layer):
    """``y = Masked(x, mask)``: a step whose features all are ``padding`` is hidden from the layers behind.

    So sequences of different lengths stand in one array, filled up to the longest. Backward: ``dx = dy`` at steps that
    are there, else 0. Shapes: x (B, T, D); y values (B, T, D), mask (B, T). Raises ConfigError unless ``padding`` is a
    finite number, ShapeError unless x has three axes.
    """

    padding: float = 0.0

    def __post_init__(self) -> None:
        validate.number(self, "padding", self.padding)

    def forward(
        self, params: Params, state: State, x: Float[Array, "B T D"], key: Key | None = None, train: bool = False
    ) -> tuple[Masked, Cache, State]:
        check_steps(self, x)
        mask = (x != self.padding).any(axis=-1).astype(x.dtype)
        return Masked(x, mask), {"mask": mask}, state

    def backward(self, params: Params, cache: Cache, dy: Masked) -> tuple[Params, Float[Array, "B T D"]]:
        xp = ops.namespace(dy.values)
        return {}, xp.where(cache["mask"][..., None] > 0.5, dy.values, 0.0)
