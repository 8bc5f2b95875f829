"""The max-norm constraint."""

from __future__ import annotations

from typing import Any

from pellucid import ops, validate
from pellucid.regularize.constraint import Constraint
from pellucid.types import Array


class MaxNorm(Constraint):
    """``w <- w min(1, limit / ||w||)`` for the incoming weights ``w`` of each unit: scaled back, the direction kept.

    Units lie along the last axis of the array (Dense's W has one a column); the norm is taken over all others, so
    that the pieces of a Maxout unit count together.
    Source: Srebro and Shraibman 2005, "Rank, trace-norm and max-norm"; Srivastava et al. 2014, "Dropout: a simple
    way to prevent neural networks from overfitting", section 5.1, found limits of 3 to 4 good.
    """

    limit: float

    def __post_init__(self) -> None:
        validate.positive(self, "limit", self.limit)

    def numbers(self) -> dict[str, float]:
        return {"limit": float(self.limit)}

    @staticmethod
    def project(w: Array, numbers: dict[str, Any]) -> Array:
        xp = ops.namespace(w)
        norm = xp.sqrt((w * w).sum(axis=tuple(range(w.ndim - 1)), keepdims=True))
        return w * (numbers["limit"] / xp.maximum(norm, numbers["limit"]))
