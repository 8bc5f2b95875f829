"""Cells of a table swapped between rows at random."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pellucid import ops, validate
from pellucid.errors import ShapeError
from pellucid.layer import shape_of
from pellucid.layers.augmentation.resampling import Resampling
from pellucid.layers.augmentation.sampling import bernoulli, random_integers
from pellucid.types import Array, Key

if TYPE_CHECKING:
    from jaxtyping import Float


class SwapNoise(Resampling):
    """``y[b, d] = x[r, d]`` with probability ``rate``, r being another row of the batch, in training; else ``x[b, d]``.

    A cell gets a value that occurs in its column, so noise has each column's own scale and kind: 0 and 1 stay 0 and 1.
    The network cannot rely on one column alone, and an autoencoder has to mend rows from their other columns. In use,
    and in a batch of one, ``y = x``. Backward: every number of dy goes to the cell that its y came from.
    Shapes: x and y (B, D). The cache keeps ``row`` (B, D), the row that each cell is from, and x.
    Hyper-parameter: ``rate``, from 0 up to, not including, 1. Raises ConfigError for another rate, and in training
    without a key, ShapeError unless x has two axes. Source: Vincent et al. 2010, "Stacked denoising autoencoders",
    section 5, whose corruptions it adds one to.
    """

    rate: float

    def __post_init__(self) -> None:
        validate.fraction(self, "rate", self.rate)

    def check(self, x: Float[Array, "B D"]) -> None:
        if len(x.shape) != 2:
            raise ShapeError(f"{self!r} needs x of shape (batch, features), not {shape_of(x)}")

    def draw(self, x: Float[Array, "B D"], key: Key) -> dict[str, Array]:
        examples = x.shape[0]
        swapped = bernoulli(ops.fold_in(key, 0), self.rate, *x.shape)
        further = 1 + random_integers(ops.fold_in(key, 1), examples - 1, *x.shape)
        return {"row": (self.draw_in_use(x)["row"] + swapped * further) % examples}

    def draw_in_use(self, x: Float[Array, "B D"]) -> dict[str, Array]:
        xp = ops.namespace(x)
        return {"row": xp.arange(x.shape[0], dtype="int32")[:, None] + xp.zeros(x.shape, dtype="int32")}

    def sources(self, drawn: dict[str, Array], x: Float[Array, "B D"]) -> tuple[Array, Array]:
        xp = ops.namespace(x)
        source = drawn["row"] * x.shape[1] + xp.arange(x.shape[1], dtype="int32")
        return source[None], xp.ones((1, *x.shape), dtype=x.dtype)
