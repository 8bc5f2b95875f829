"""What the steps of an interval saw, worked out for many of them at once on NumPy.

A step of a small network takes hardly longer than the calls that it makes, and those for the loss and the right answers
are among them, though no weight waits for their results. Each example's numbers are its own, so they stay the same.
"""

from __future__ import annotations

from itertools import groupby
from typing import Any

import numpy as np

from pellucid.train.recipe import Recipe
from pellucid.train.step import Outcome, by_example
from pellucid.trees import count_examples, leaves, tree_map
from pellucid.types import Array

MANY_NUMBERS = 2**16
"""The outcomes of so many outputs are worked out at once: enough to make calls cheap, and little memory."""


class StepRecord:
    """For each name an array with a number for each of so many ``steps``."""

    def __init__(self, recipe: Recipe, steps: int) -> None:
        self.recipe, self.steps = recipe, steps
        self.arrays: dict[str, np.ndarray[Any, Any]] = {}
        self._waiting: list[tuple[int, Outcome]] = []
        self._size = 0

    def _put(self, places: list[int], seen: dict[str, Array]) -> None:
        """Record what the steps at these places saw."""
        for name, values in seen.items():
            if name not in self.arrays:
                self.arrays[name] = np.full(self.steps, np.nan)
            self.arrays[name][places] = values

    def put_later(self, place: int, outcome: Outcome) -> None:
        """Record what the step at that place saw, once there are many of them or ``finish`` is called."""
        if not self._waiting:
            self._size = sum(leaf.size for leaf in leaves(outcome.y))
        self._waiting.append((place, outcome))
        if len(self._waiting) * self._size >= MANY_NUMBERS:
            self.finish()

    def finish(self) -> None:
        """Record what waits."""
        for _, group in groupby(self._waiting, lambda waiting: count_examples(waiting[1].y)):
            places, outcomes = zip(*group, strict=True)
            numbers = by_example(self.recipe, _join(outcomes))
            self._put(list(places), {name: a.reshape(len(places), -1).sum(axis=1) for name, a in numbers.items()})
        self._waiting = []


def _join(outcomes: tuple[Outcome, ...]) -> Outcome:
    """The outcome of the examples of all; each has as many, and the same loss."""
    losses, ys, targets, given, shares = zip(*outcomes, strict=True)
    y, target, given = (tree_map(lambda *parts: np.concatenate(parts), *trees) for trees in (ys, targets, given))
    return Outcome(losses[0], y, target, given, np.concatenate(shares) if shares[0].ndim else shares[0])
