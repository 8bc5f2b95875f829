"""Lines through a point, along which backward is held against the oracles: entry by entry, or all at once."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pellucid.check import oracles
from pellucid.check.leaf_loss import LeafLoss
from pellucid.check.problem import Gradient, Point
from pellucid.trees import flatten
from pellucid.types import Array


class Lines(ABC):
    """Numbered lines through a point."""

    @abstractmethod
    def line(self, point: Point, count: int) -> oracles.LineValues:
        """The loss along these lines; ``count`` of them will be asked for at a time."""

    @abstractmethod
    def slopes(self, gradient: Gradient) -> Array:
        """The slope along each line according to a gradient."""

    @abstractmethod
    def steps(self, point: Point, step: float) -> Array:
        """How far to go along each line."""


@dataclass(frozen=True)
class Entries(Lines):
    """A line for each entry of a leaf, in flat order."""

    loss: LeafLoss

    def line(self, point: Point, count: int) -> oracles.LineValues:
        return self.loss.line(point.tree, count)

    def slopes(self, gradient: Gradient) -> Array:
        return gradient[self.loss.path].ravel()

    def steps(self, point: Point, step: float) -> Array:
        return step * np.maximum(1.0, np.abs(flatten(point.tree)[self.loss.path])).ravel()


@dataclass(frozen=True)
class Directions(Lines):
    """Lines along which whole leaves move together, each leaf by its part of the direction."""

    directions: tuple[Gradient, ...]

    @classmethod
    def random(cls, point: Point, paths: Sequence[str], count: int, seed: int) -> Directions:
        """Random directions of length 1, each number measured in units of ``max(1, |number|)``."""
        rng, here = np.random.default_rng(seed), flatten(point.tree)
        directions = []
        for _ in range(count):
            raw = {path: rng.standard_normal(here[path].shape) for path in paths}
            length = np.sqrt(sum((part * part).sum() for part in raw.values()))
            directions.append({path: np.maximum(1.0, np.abs(here[path])) * part / length for path, part in raw.items()})
        return cls(tuple(directions))

    def line(self, point: Point, count: int) -> oracles.LineValues:
        return oracles.directions(point.problem.value, point.tree, self.directions)

    def slopes(self, gradient: Gradient) -> Array:
        return np.array([sum((gradient[path] * part).sum() for path, part in move.items()) for move in self.directions])

    def steps(self, point: Point, step: float) -> Array:
        return np.full(len(self.directions), step)
