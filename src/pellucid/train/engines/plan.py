"""What an engine is asked to do: the steps of one epoch."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from pellucid.layer import Layer
from pellucid.train.batch import Batch, Weights, count_steps
from pellucid.train.probes import Probe
from pellucid.train.recipe import Recipe
from pellucid.types import Key, Params, State, Tree


@dataclass(frozen=True)
class Plan:
    """One epoch: in which order the N examples are taken, how many at a time, and the learning rate of each step.

    ``first`` is the number of the epoch's first step, counted from 1 over the whole run. ``key`` is None where no
    layer is random and nothing is mixed.
    """

    order: np.ndarray[Any, np.dtype[np.int32]]
    batch_size: int
    learning_rates: np.ndarray[Any, np.dtype[np.float64]]
    first: int
    key: Key | None

    @property
    def steps(self) -> int:
        """The number of steps; the last may take a smaller batch."""
        return count_steps(len(self.order), self.batch_size)


class Engine(Protocol):
    """Runs steps. Both engines run the same ``step``; they differ in the arrays they hand it."""

    name: str

    def place(self, tree: Tree) -> Tree:
        """The arrays of ``tree`` where this engine works."""

    def run(
        self,
        recipe: Recipe,
        numbers: Tree,
        weights: Weights,
        data: Batch,
        plan: Plan,
        start: int,
        stop: int,
        keep: bool = True,
    ) -> tuple[Weights, dict[str, np.ndarray[Any, Any]]]:
        """Steps ``start`` to ``stop - 1`` of the plan: the weights after them, and what each step saw.

        The caller says whether it is to ``keep`` the weights given; the engine may write over others.
        """

    def observe(
        self,
        recipe: Recipe,
        probes: tuple[Probe, ...],
        numbers: Tree,
        before: Weights,
        after: Weights,
        data: Batch,
        plan: Plan,
        i: int,
    ) -> dict[str, float]:
        """What the probes say of step ``i`` of the plan, which led from ``before`` to ``after``."""

    def outputs(self, model: Layer, params: Params, state: State, x: Tree) -> Tree:
        """The network's outputs for every example of ``x``, as in use (not in training).

        Raises DataError for NaN or infinity in ``x``, and for what a layer cannot take.
        """
