"""Labels of classes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

import numpy as np

from pellucid.data.base.splits import PARTS
from pellucid.data.messages import name_some
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
