"""Columns with mean 0 and standard deviation 1."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self

import numpy as np

from pellucid.data.preparation.fitted_step import FittedStep, flatten_examples


@dataclass(frozen=True, eq=False)
class Normalise(FittedStep):
    """``z = (x - mean) / scale``: every column has mean 0 and standard deviation 1, ``scale`` being its own.

    A column that never changes keeps scale 1 and becomes 0, with a note. Source: LeCun, Bottou, Orr and Müller 1998,
    "Efficient BackProp", section 4.3.
    """

    scale: np.ndarray

    @classmethod
    def fit(cls, x: Any) -> Self:
        """Fitted on x (B, ...)."""
        flat, shape = flatten_examples(x)
        constant = (flat == flat[0]).all(axis=0)
        scale = np.where(constant, 1.0, flat.std(axis=0))
        scale[scale == 0] = 1.0  # what differs by less than its square can tell
        note = f"never change in {len(flat)} rows, and become 0: columns {_list_first(np.flatnonzero(constant))}"
        mean = np.where(constant, flat[0], flat.mean(axis=0))
        return cls(shape, mean, (note,) if constant.any() else (), scale)

    def _forward(self, x: np.ndarray) -> Any:
        return (x - self.mean) / self.scale

    def _back(self, z: np.ndarray) -> Any:
        return z * self.scale + self.mean


def _list_first(columns: np.ndarray) -> str:
    shown = ", ".join(map(str, columns[:5]))
    return shown if len(columns) <= 5 else f"{shown} and {len(columns) - 5} more"
