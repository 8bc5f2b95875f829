"""The gradient check of one leaf after another, and of all at once, at one point."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, TypeAlias

import numpy as np

from pellucid.check.comparison import Compared, compare
from pellucid.check.leaf_loss import LeafLoss
from pellucid.check.leaf_report import LeafReport, checked_row, unchecked_row
from pellucid.check.lines import Directions, Entries, Lines
from pellucid.check.problem import Point, numbers
from pellucid.trees import flatten
from pellucid.types import Array

Weights: TypeAlias = Literal["all", "sample", "directions"]

DIRECTIONS = 10
"""Along so many random directions the whole gradient is checked at once."""

FURTHEST = 10
"""So many entries join a sample because automatic differentiation disagrees with them most."""

NEIGHBOURS = 8
"""So many points are looked at around a point that lies on a kink."""


CHUNK = 4096
"""So many lines are compared between two reports of progress."""


@dataclass(frozen=True)
class LeafCheck:
    """How gradients are checked at one point: which numbers of each leaf, and by which step.

    ``advance`` is told of so many lines done each time.
    """

    here: Point
    weights: Weights
    samples: int
    seed: int
    step: float
    advance: Callable[[int], None] | None = None

    @cached_property
    def paths(self) -> tuple[str, ...]:
        """The leaves of params and x, then those that only backward knows."""
        known = numbers(self.here.tree)
        return (*known, *(path for path in self.here.faults if path not in known))

    @cached_property
    def around(self) -> list[Point]:
        """Points nearby, to look at where the point lies on a kink."""
        return [self.here.moved(self.seed + n) for n in range(NEIGHBOURS)]

    def leaf(self, path: str) -> LeafReport:
        """The row of the leaf at ``path``."""
        name, shape = path.removeprefix("params/"), np.shape(flatten(self.here.tree).get(path, ()))
        if path in self.here.faults:
            return unchecked_row(name, shape, "wrong", self.here.faults[path])
        if path not in self.here.problem.paths:
            return unchecked_row(name, shape, "skipped", "whole numbers have no gradient")
        if self.weights == "directions":
            lines: Lines = Directions.random(self.here, [path], self.samples, self.seed)
            return self._row(name, shape, lines, np.arange(self.samples))
        return self._row(name, shape, Entries(LeafLoss(self.here.problem, path)), self._chosen(path))

    def whole(self) -> LeafReport:
        """The gradient by everything, along random directions."""
        lines = Directions.random(self.here, self.here.problem.paths, DIRECTIONS, self.seed)
        size = sum(self.here.backward[path].size for path in self.here.problem.paths)
        return self._row("all at once", (size,), lines, np.arange(DIRECTIONS))

    def count(self) -> int:
        """How many lines there are in all leaves and the whole."""
        paths = [path for path in self.paths if path in self.here.problem.paths and path not in self.here.faults]
        by_path = [self.samples if self.weights == "directions" else len(self._chosen(path)) for path in paths]
        return sum(by_path) + DIRECTIONS

    def _chosen(self, path: str) -> Array:
        """All entries; or a sample, and with it some of those furthest from automatic differentiation."""
        size = self.here.backward[path].size
        if self.weights == "all" or size <= self.samples:
            return np.arange(size)
        sample = np.random.default_rng(self.seed).choice(size, self.samples, replace=False)
        error = np.abs(self.here.backward[path] - self.here.automatic[path]).ravel()
        return np.union1d(sample, np.argsort(error)[-FURTHEST:])

    def _row(self, name: str, shape: tuple[int, ...], lines: Lines, which: Array) -> LeafReport:
        chunks = [which[n : n + CHUNK] for n in range(0, max(len(which), 1), CHUNK)]
        compared = Compared.concatenate([self._compare(lines, chunk) for chunk in chunks])
        return checked_row(name, shape, "entries" if isinstance(lines, Entries) else "directions", compared)

    def _compare(self, lines: Lines, which: Array) -> Compared:
        compared = compare(lines, which, self.here, lambda: self.around, self.step)
        if self.advance:
            self.advance(len(which))
        return compared
