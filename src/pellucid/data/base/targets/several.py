"""Several columns at once: amounts, or labels of which any may be true."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, Literal

import numpy as np

from pellucid.data.base.targets.classes import ClassTarget
from pellucid.data.base.targets.number import NumberTarget
from pellucid.data.serialization import STRICT
from pellucid.errors import DataError


class _SeveralColumns:
    """What targets of several columns share: one output for each."""

    targets: tuple[ClassTarget, ...] | tuple[NumberTarget, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns that are learnt."""
        return tuple(target.name for target in self.targets)

    @property
    def outputs(self) -> tuple[str, ...]:
        """What each output of a network stands for."""
        return self.columns

    @property
    def name(self) -> str:
        """The columns in one text."""
        return ", ".join(self.columns)


@dataclass(frozen=True)
class AmountsTarget(_SeveralColumns):
    """Several amounts, each scaled for itself: one output for each."""

    targets: tuple[NumberTarget, ...]
    task: Literal["regression"] = "regression"
    classes: ClassVar[None] = None
    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    def decode(self, y: np.ndarray) -> np.ndarray:
        """The amounts, float64, (B, K), each in its own unit, that outputs (B, K) stand for."""
        return np.stack([target.decode(y[:, k]) for k, target in enumerate(self.targets)], axis=1)


@dataclass(frozen=True)
class LabelsTarget(_SeveralColumns):
    """Several questions of two answers each, of which any may be true: one output for each, 1 for its second class."""

    targets: tuple[ClassTarget, ...]
    task: Literal["multi-label"] = "multi-label"
    classes: ClassVar[None] = None
    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    def __post_init__(self) -> None:
        for target in self.targets:
            if len(target.classes) > 2:
                raise DataError(f"of several labels each has two classes, but {target.name!r} has {target.classes}")

    def decode(self, y: np.ndarray) -> np.ndarray:
        """The classes, (B, K), that probabilities (B, K) of the second ones stand for."""
        chosen = (np.asarray(y) > 0.5).astype(int)
        return np.stack([target.decode(chosen[:, k]) for k, target in enumerate(self.targets)], axis=1)
