"""What a diagnosis says: findings with what was seen, what it means, the proof, and the cure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Sure = Literal["error", "warning", "note"]
ORDER: tuple[Sure, ...] = ("error", "warning", "note")


@dataclass(frozen=True)
class Arm:
    """One side of an experiment: its ``score`` on validation by seed, and its training losses by epoch."""

    name: str
    scores: tuple[float, ...]
    curves: tuple[tuple[float, ...], ...] = ()

    @property
    def mean(self) -> float:
        """The mean score."""
        return sum(self.scores) / len(self.scores)


@dataclass(frozen=True)
class Experiment:
    """The same training with one change: same seeds, as many steps, compared on validation.

    ``measure`` is what a score is: "accuracy" or "r2". ``effect`` is the mean difference over the deviation (Cohen's d
    of paired differences), ``p`` one-sided, of a t test of the paired differences.
    """

    measure: str
    before: Arm
    after: Arm
    effect: float
    p: float

    @property
    def gain(self) -> float:
        """By how much the mean score is higher."""
        return self.after.mean - self.before.mean


@dataclass(frozen=True)
class Finding:
    """One thing found.

    Attributes:
        name: the fault, a word or two of ``FAULTS``.
        sure: "error" (exact, or confirmed by an experiment), "warning" (it points that way), "note".
        seen: what was seen, a sentence with numbers and the place.
        meaning: what it means, two or three sentences.
        formula: the formula behind it, or "".
        page: the page of the documentation.
        proof: the experiment; None where an exact test is the proof.
        cure: the change as settings, by name: values that ``fit`` takes, or sentences for what is done to data.
        path: the layer, where there is one.
        numbers: what was measured, by name.
    """

    name: str
    sure: Sure
    seen: str
    meaning: str
    formula: str = ""
    page: str = "doctor.md"
    proof: Experiment | None = None
    cure: Mapping[str, Any] = field(default_factory=dict)
    path: str = ""
    numbers: Mapping[str, Any] = field(default_factory=dict)
