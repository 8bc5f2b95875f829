"""A step that prepares inputs, as fitted on the rows that train."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass, fields
from math import prod
from typing import Any, ClassVar

import numpy as np

from pellucid.data.arrays import check_arrays
from pellucid.errors import DataError

ROWS = 4096
"""So many rows are taken at a time, in float64."""


@dataclass(frozen=True, eq=False)
class FittedStep(ABC):
    """A step as fitted: ``apply`` takes x (B, ...) to z, ``invert`` takes z back to x.

    An example of any shape is flattened to (D,) inside. Statistics and arithmetic are float64, divisors are B, what
    comes out has the dtype that went in (float32 for whole numbers). ``shape`` is that of one example, ``mean`` (D,)
    that of the rows it was fitted on, ``notes`` say what was odd about them.
    Raises DataError for NaN, infinity, and examples of another shape than those it was fitted on.
    """

    shape: tuple[int, ...]
    mean: np.ndarray
    notes: tuple[str, ...]
    __pydantic_config__: ClassVar[dict[str, Any]] = {"arbitrary_types_allowed": True}

    def apply(self, x: Any) -> np.ndarray:
        """z of any x with examples of ``shape``."""
        return self._rowwise(self._forward, x, self.shape, self.outputs)

    def invert(self, z: Any) -> np.ndarray:
        """The x that ``apply`` took to z; where components were left out, the nearest that is left."""
        return self._rowwise(self._back, z, self.outputs, self.shape)

    @property
    def keeps_columns(self) -> bool:
        """Whether the columns of z are those of x."""
        return True

    @property
    def outputs(self) -> tuple[int, ...]:
        """The shape of one example of z."""
        return self.shape

    @abstractmethod
    def _forward(self, x: np.ndarray) -> Any:
        """z of x (B, D), float64."""

    @abstractmethod
    def _back(self, z: np.ndarray) -> Any:
        """x of z, float64."""

    def _rowwise(
        self, function: Callable[[np.ndarray], Any], given: Any, wanted: tuple[int, ...], out: tuple[int, ...]
    ) -> np.ndarray:
        x, _ = check_arrays(given)
        if x.shape[1:] != wanted:
            raise DataError(
                f"{type(self).__name__} takes examples of shape {wanted}, as it was fitted, and got {x.shape[1:]}: "
                "give it the same columns"
            )
        y = np.empty((len(x), prod(out)), x.dtype)
        limit = np.finfo(x.dtype).max
        for start in range(0, len(x), ROWS):
            rows = x[start : start + ROWS].reshape(-1, prod(wanted)).astype(np.float64)
            y[start : start + ROWS] = function(rows).clip(-limit, limit)
        return y.reshape(-1, *out)

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and all(
            np.array_equal(getattr(self, field.name), getattr(other, field.name)) for field in fields(self)
        )

    def __hash__(self) -> int:
        return hash((type(self), self.shape))


def flatten_examples(x: Any) -> tuple[np.ndarray, tuple[int, ...]]:
    """x as float64 (B, D), and the shape of one example."""
    checked, _ = check_arrays(x)
    return checked.reshape(len(checked), -1).astype(np.float64), checked.shape[1:]
