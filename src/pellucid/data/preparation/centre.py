"""Columns with mean 0."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self

import numpy as np

from pellucid.data.preparation.fitted_step import FittedStep, flatten_examples


@dataclass(frozen=True, eq=False)
class Centre(FittedStep):
    """``z = x - mean``: every column has mean 0."""

    @classmethod
    def fit(cls, x: Any) -> Self:
        """Fitted on x (B, ...)."""
        flat, shape = flatten_examples(x)
        return cls(shape, flat.mean(axis=0), ())

    def _forward(self, x: np.ndarray) -> Any:
        return x - self.mean

    def _back(self, z: np.ndarray) -> Any:
        return z + self.mean
