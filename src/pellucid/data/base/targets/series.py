"""The next steps of a series."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

import numpy as np

from pellucid import validate
from pellucid.data.preparation.scaling import Scaling
from pellucid.data.serialization import STRICT
from pellucid.errors import DataError


@dataclass(frozen=True)
class SeriesTarget:
    """The ``horizon`` steps to come of some variables of a series, each scaled as ``scaling`` says.

    ``each`` says that of several series each has a scaling of its own.
    """

    horizon: int
    scaling: Scaling
    each: bool = False
    task: Literal["forecasting"] = "forecasting"
    classes: ClassVar[None] = None
    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    def __post_init__(self) -> None:
        validate.positive_int("a series", "horizon", self.horizon)
        if not self.names or len(set(self.names)) < len(self.names):
            raise DataError(f"the target of a series needs variables that differ, not {list(self.names)}")

    @property
    def names(self) -> tuple[str, ...]:
        """The variables, in the order of the network's outputs."""
        return self.scaling.names

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns that are learnt."""
        return self.names

    @property
    def outputs(self) -> tuple[str, ...]:
        """What a network gives for each step."""
        return self.names

    @property
    def name(self) -> str:
        """The variables in one text."""
        return ", ".join(self.names)

    def decode(self, y: np.ndarray, scalings: Sequence[Scaling] = ()) -> np.ndarray:
        """Outputs (B, horizon, variables) in the units of the series, float64.

        ``scalings`` (B,) are those of the series of each output, where each has its own: see
        ``SeriesPreparation.scaling_of``. Raises DataError where they are needed and not given.
        """
        if self.each and len(scalings) != len(y):
            raise DataError("each series is scaled by itself: give decode the scaling of the series of each output")
        K = len(self.names)
        scale = np.array([one.scale[:K] for one in scalings] or [self.scaling.scale])
        mean = np.array([one.mean[:K] for one in scalings] or [self.scaling.mean])
        decoded: np.ndarray = np.asarray(y, np.float64) * scale[:, None] + mean[:, None]
        return decoded
