"""What a network learns: labels of classes, scaled amounts, the next steps of a series, or its own inputs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Literal, Self

import numpy as np

from pellucid import validate
from pellucid.data.base.splits import PARTS
from pellucid.data.messages import name_some
from pellucid.data.preparation.scaling import Scaling
from pellucid.data.serialization import STRICT
from pellucid.errors import DataError


@dataclass(frozen=True)
class ClassTarget:
    """Labels 0 .. K - 1 for ``classes``, which are in the order of the alphabet, or of size if they are numbers."""

    name: str
    classes: tuple[str, ...]
    task: Literal["classification"] = "classification"
    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    def __post_init__(self) -> None:
        if len(self.classes) < 2 or len(set(self.classes)) != len(self.classes):
            raise DataError(
                f"the target {self.name!r} needs at least two classes that differ, not {list(self.classes)}"
            )

    @property
    def labels(self) -> dict[str, int]:
        """The label of each class."""
        return {name: label for label, name in enumerate(self.classes)}

    def note_rare(self, labels: np.ndarray, parts: Sequence[np.ndarray]) -> tuple[str, ...]:
        """A note on classes that are not in all parts, with where their examples are; ``parts`` are row numbers."""
        counts = [np.bincount(labels[rows], minlength=len(self.classes)) for rows in parts]
        rare = []
        for name, held in zip(self.classes, np.transpose(counts), strict=True):
            if not held.all():
                where = ", ".join(f"{part} {count}" for part, count in zip(PARTS, held, strict=False) if count)
                rare.append(f"{name!r} ({where})")
        return (f"classes with too few examples to be in every part: {name_some(rare, 10)}",) if rare else ()

    def decode(self, y: np.ndarray) -> np.ndarray:
        """The classes, (B,), that labels (B,) stand for."""
        names: np.ndarray = np.array(self.classes)[np.asarray(y)]
        return names


@dataclass(frozen=True)
class NumberTarget:
    """``(target - mean) / scale``: mean 0 and standard deviation 1 over the training rows."""

    name: str
    mean: float
    scale: float
    task: Literal["regression"] = "regression"
    classes: ClassVar[None] = None
    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    def __post_init__(self) -> None:
        if not self.scale > 0:
            raise DataError(f"the target {self.name!r} needs a scale above 0, not {self.scale}")

    @classmethod
    def fit(cls, name: str, amounts: np.ndarray) -> Self:
        """Fitted on the amounts of the training rows, (B,)."""
        return cls(name, float(amounts.mean()), float(amounts.std()) or 1.0)

    def encode(self, amounts: np.ndarray) -> np.ndarray:
        """Amounts, (B,), as the network learns them: float32, (B, 1)."""
        return Scaling.uniform([self.name], self.mean, self.scale).apply(amounts[:, None])

    def decode(self, y: np.ndarray) -> np.ndarray:
        """The amounts, float64, (B,), in the target's own unit, that outputs (B, 1) stand for."""
        return np.asarray(y, np.float64).reshape(-1) * self.scale + self.mean


@dataclass(frozen=True)
class InputsTarget:
    """The inputs, as scaled: an autoencoder reconstructs them. ``name`` is the column left out of them, if one was."""

    name: str | None
    task: Literal["reconstruction"] = "reconstruction"
    classes: ClassVar[None] = None
    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    @property
    def reason(self) -> str:
        """What reconstruction is, and which column it has no use for."""
        unused = f", {self.name!r} is not used" if self.name else ""
        return f"the network learns to reconstruct its inputs{unused}"


@dataclass(frozen=True)
class SeriesTarget:
    """The ``horizon`` steps to come of some variables of a series, each scaled as ``scaling`` says."""

    horizon: int
    scaling: Scaling
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
    def name(self) -> str:
        """The variables in one text."""
        return ", ".join(self.names)

    def decode(self, y: np.ndarray) -> np.ndarray:
        """Outputs (B, horizon, variables) in the units of the series, float64."""
        return np.asarray(y, np.float64) * self.scaling.scale + self.scaling.mean


TableTarget = ClassTarget | NumberTarget | InputsTarget
Target = TableTarget | SeriesTarget
