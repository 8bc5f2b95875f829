"""Which of the five steps to take: raw, centre, normalise, decorrelate, whiten."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from pellucid import validate
from pellucid.data.preparation.decorrelate import Decorrelate
from pellucid.data.preparation.pca import check_components
from pellucid.data.preparation.scaling import Scaling
from pellucid.data.preparation.step_name import STEPS
from pellucid.data.preparation.whiten import Whiten
from pellucid.errors import ConfigError, UnknownNameError

ROTATING = {"components": ("decorrelate", "whiten", "zca"), "epsilon": ("whiten", "zca")}
"""The steps that components and epsilon mean something to."""

ADVICE = {
    "tables": (("normalise", "whiten"), "normalised, or whitened where columns go together"),
    "images": (("normalise",), "centred and scaled: normalise"),
}
"""For each kind of data the steps that suit it, and so in words. Text takes none: its numbers are names."""


@dataclass(frozen=True)
class StepChoice:
    """How inputs are prepared; each step goes on from the one before it, whitening from decorrelated columns.

    "raw" leaves numbers as they are (pixels between 0 and 1), "centre" takes the mean away, "normalise" divides by the
    standard deviation, "decorrelate" turns to principal components, "whiten" gives each of them variance 1, "zca" turns
    them back. "auto" is "normalise", for sets with official parts "raw". ``components`` is how many to keep, or a
    share of the variance; ``epsilon`` (1e-5) is added to variances in whitening, where normalised columns have 1.
    Raises UnknownNameError for another step, ConfigError for components and epsilon that cannot be or have no use.
    """

    step: str = "auto"
    components: float | None = None
    epsilon: float | None = None

    def __post_init__(self) -> None:
        if self.step not in STEPS:
            raise UnknownNameError("step of preparation", self.step, STEPS)
        for name, steps in ROTATING.items():
            if getattr(self, name) is not None and self.step not in steps:
                cure = "add prepare (--prepare whiten)" if self.step == "auto" else "leave it out"
                raise ConfigError(f"{name} is for {', '.join(steps)}, not for {self.step}: {cure}")
        check_components("prepare", self.components)
        if self.epsilon is not None:
            validate.positive("prepare", "epsilon", self.epsilon)

    @classmethod
    def of(cls, given: StepChoice | str, usual: str = "normalise") -> StepChoice:
        """``given``, by name or as it is; with ``usual`` in the place of "auto"."""
        found = given if isinstance(given, StepChoice) else cls(given)
        return replace(found, step=usual) if found.step == "auto" else found

    def advice(self, kind: str) -> str:
        """A line on this step for "tables" or "images": that it suits them, or what would."""
        steps, words = ADVICE[kind]
        return f"inputs: {self.step}, " + (
            f"which suits {kind}" if self.step in steps else f"but {kind} are better {words}"
        )

    def scaling(self, fitted: Scaling, unit: float = 1.0) -> Scaling:
        """``fitted``, less what this does not ask for: divided by ``unit`` alone, or the mean left where it was too."""
        columns = len(fitted.names)
        if self.step in ("raw", "centre"):
            fitted = replace(fitted, scale=(unit,) * columns)
        return replace(fitted, mean=(0.0,) * columns) if self.step == "raw" else fitted

    @property
    def rotates(self) -> bool:
        """Whether columns are mixed with each other, and not only shifted and scaled."""
        return self.step in ROTATING["components"]

    def rotation(self, x: np.ndarray) -> Decorrelate | Whiten | None:
        """What comes after scaling, fitted on the scaled x (B, D) of the rows that train."""
        if self.step == "decorrelate":
            return Decorrelate.fit(x, self.components)
        if self.step in ("whiten", "zca"):
            epsilon = 1e-5 if self.epsilon is None else self.epsilon
            return Whiten.fit(x, self.components, epsilon, zca=self.step == "zca")
        return None
