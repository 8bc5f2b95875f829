"""The training of a family's network: so many steps at a time, with its losses on the way."""

from __future__ import annotations

import math
import time
from typing import Any

import numpy as np

from pellucid.playground.families.family import Problem
from pellucid.playground.history import History
from pellucid.playground.keys import order_of_epoch
from pellucid.playground.measure import Measure, Parts
from pellucid.shape_inference import first_weights
from pellucid.train.batch import Batch, Weights, count_steps
from pellucid.train.engines.eager import Eager
from pellucid.train.engines.plan import Plan
from pellucid.train.failure import first_bad_step
from pellucid.train.keys import weights_key
from pellucid.train.metrics import measure

ENGINE = Eager()

STEPS_BETWEEN_ROWS = 10
"""So often losses are measured: of all test examples and as many training examples."""


class FamilyTraining:
    """A network on its way: ``weights`` after ``step`` steps. Where a step diverges it stays before it."""

    def __init__(self, problem: Problem, seed: int) -> None:
        self.problem, self.seed = problem, seed
        params, state = first_weights(problem.recipe.model, weights_key(seed), problem.training.x)
        self.weights = Weights(params, state, problem.recipe.optimizer.init(params))
        self.step, self.diverged = 0, False
        self.seconds_a_step = math.inf
        self.history = History()
        self._measure()

    @property
    def epoch(self) -> int:
        """Whole epochs."""
        return self.step // self._steps_an_epoch

    @property
    def measured(self) -> Measure:
        """Losses and accuracies where they were last measured."""
        return self._measured

    def advance(self, steps: int, learning_rate: float) -> int:
        """Train at most so many steps, to the next measurement at most; how many."""
        done = self.step % self._steps_an_epoch
        stop = min(done + steps, self._steps_an_epoch, done + STEPS_BETWEEN_ROWS - self.step % STEPS_BETWEEN_ROWS)
        begun = time.perf_counter()
        weights, losses = self._run(self._plan(learning_rate), done, stop)
        self._note_time((time.perf_counter() - begun) / (stop - done))
        if first_bad_step(weights, losses) is not None:
            self.diverged = True
            return 0
        self.weights, self.step = weights, self.step + stop - done
        if self.step % STEPS_BETWEEN_ROWS == 0:
            self._measure()
        return stop - done

    @property
    def _steps_an_epoch(self) -> int:
        return count_steps(self.problem.training.examples, self.problem.batch_size)

    def _plan(self, learning_rate: float) -> Plan:
        problem = self.problem
        order = order_of_epoch(problem.training.examples, self.seed, self.epoch)
        rates = np.full(self._steps_an_epoch, learning_rate)
        return Plan(order, problem.batch_size, rates, self.epoch * self._steps_an_epoch + 1, None)

    def _run(self, plan: Plan, start: int, stop: int) -> tuple[Weights, Any]:
        recipe, data = self.problem.recipe, self.problem.training
        numbers = recipe.numbers(self.weights.params)
        weights, seen = ENGINE.run(recipe, numbers, self.weights, data, plan, start, stop)
        return weights, seen["loss"]

    def _note_time(self, seconds: float) -> None:
        known = math.isfinite(self.seconds_a_step)
        self.seconds_a_step = 0.8 * self.seconds_a_step + 0.2 * seconds if known else seconds

    def _measure(self) -> None:
        problem = self.problem
        count = problem.test.examples
        parts = [self._numbers_of(part, count) for part in (problem.training, problem.test)]
        loss = Parts(*(part["loss"] for part in parts))
        accuracy = Parts(*(part["accuracy"] for part in parts)) if problem.recipe.classify else None
        self._measured = Measure(loss, accuracy, None)
        self.history.add(self.epoch, self.step, self._measured)

    def _numbers_of(self, part: Batch, count: int) -> dict[str, float]:
        recipe = self.problem.recipe
        with np.errstate(all="ignore"):
            y, _, _ = recipe.model.forward(self.weights.params, self.weights.state, part.x[:count])
            return measure(recipe.loss, y, part.target[:count], recipe.classify)
