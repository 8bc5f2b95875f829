"""An amount, scaled."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, Literal, Self

import numpy as np

from pellucid.data.preparation.scaling import Scaling
from pellucid.data.serialization import STRICT
from pellucid.errors import DataError

LARGEST_LOG = 700.0
"""The exponential of more than this overflows float64."""


@dataclass(frozen=True)
class NumberTarget:
    """``(target - mean) / scale``: mean 0 and standard deviation 1 over the training rows.

    With a ``log_shift``, ``ln(target + log_shift)`` in place of the target.
    """

    name: str
    mean: float
    scale: float
    log_shift: float | None = None
    task: Literal["regression"] = "regression"
    classes: ClassVar[None] = None
    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    def __post_init__(self) -> None:
        if not self.scale > 0:
            raise DataError(f"the target {self.name!r} needs a scale above 0, not {self.scale}")

    @classmethod
    def fit(cls, name: str, amounts: np.ndarray, log_shift: float | None = None) -> Self:
        """Fitted on the amounts of the training rows, (B,)."""
        learnt = cls(name, 0.0, 1.0, log_shift)._logged(amounts)
        return cls(name, float(learnt.mean()), float(learnt.std()) or 1.0, log_shift)

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns that are learnt."""
        return (self.name,)

    @property
    def outputs(self) -> tuple[str, ...]:
        """What each output of a network stands for."""
        return (self.name,)

    def encode(self, amounts: np.ndarray) -> np.ndarray:
        """Amounts, (B,), as the network learns them: float32, (B, 1)."""
        return Scaling.uniform([self.name], self.mean, self.scale).apply(self._logged(amounts)[:, None])

    def decode(self, y: np.ndarray) -> np.ndarray:
        """The amounts, float64, (B,), in the target's own unit, that outputs (B, 1) stand for."""
        learnt = np.asarray(y, np.float64).reshape(-1) * self.scale + self.mean
        if self.log_shift is None:
            return learnt
        return np.exp(np.minimum(learnt, LARGEST_LOG)) - self.log_shift

    def _logged(self, amounts: np.ndarray) -> np.ndarray:
        if self.log_shift is None:
            return amounts
        if (amounts + self.log_shift <= 0).any():
            raise DataError(
                f"the target {self.name!r} is {amounts.min():g} in a row, of which there is no logarithm of "
                f"{self.name} + {self.log_shift:g}: leave out log_target"
            )
        return np.log(amounts + self.log_shift)
