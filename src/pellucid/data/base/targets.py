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

LARGEST_LOG = 700.0
"""The exponential of more than this overflows float64."""


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

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns that are learnt."""
        return (self.name,)

    @property
    def outputs(self) -> tuple[str, ...]:
        """What each output of a network stands for."""
        return self.classes

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


@dataclass(frozen=True)
class InputsTarget:
    """The inputs, as scaled: an autoencoder reconstructs them. ``name`` is the column left out of them, if one was."""

    name: str | None
    task: Literal["reconstruction"] = "reconstruction"
    classes: ClassVar[None] = None
    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of columns that are known and not among the inputs."""
        return () if self.name is None else (self.name,)

    @property
    def outputs(self) -> tuple[str, ...]:
        """None of its own: each output stands for a number of x."""
        return ()

    @property
    def reason(self) -> str:
        """What reconstruction is, and which column it has no use for."""
        unused = f", {self.name!r} is not used" if self.name else ""
        return f"the network learns to reconstruct its inputs{unused}"


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


TableTarget = ClassTarget | NumberTarget | InputsTarget | AmountsTarget | LabelsTarget
Target = TableTarget | SeriesTarget
