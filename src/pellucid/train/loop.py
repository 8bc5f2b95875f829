"""The loop of training: epochs of steps, validation, early stopping, and a stop at the first NaN or infinity."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any, NoReturn

import numpy as np

from pellucid import trees
from pellucid.errors import NonFiniteError
from pellucid.interrupt import Interrupt
from pellucid.train.batch import Batch, Weights
from pellucid.train.engines import Engine, Plan
from pellucid.train.failure import CURE, Failure, find_failure
from pellucid.train.feed.order import rng_of_epoch
from pellucid.train.feed.shards import Examples, Shard
from pellucid.train.history import History, epoch_record, joined, means_of
from pellucid.train.keys import steps_key
from pellucid.train.listener import Listener, Snapshot
from pellucid.train.metrics import Tally
from pellucid.train.precision import inputs_to_compute_dtype
from pellucid.train.recipe import Recipe
from pellucid.train.stopping import EarlyStopping

SECONDS_A_CALL = 0.5
"""How long one call of the engine should take, so that progress shows and Ctrl-C is heard."""


@dataclass
class Loop:
    """One training. ``run`` does it; afterwards ``snapshot`` is the last whole epoch and ``stopped`` the reason."""

    recipe: Recipe
    engine: Engine
    data: Examples
    validation: Examples | None
    epochs: int
    batch_size: int
    shuffle: bool
    seed: int
    early_stopping: EarlyStopping | None
    listeners: Sequence[Listener]
    snapshot: Snapshot
    history: History = field(default_factory=History)
    stopped: str = ""
    interrupt: Interrupt = field(default_factory=Interrupt)

    def run(self) -> None:
        """Train until all epochs are done, validation no longer improves, or Ctrl-C. Raises NonFiniteError."""
        self.numbers = self.recipe.numbers(self.snapshot.weights.params)
        self.length = 1 if self.engine.name == "numpy" else 32
        self.snapshot.weights = self.engine.place(self.snapshot.weights)
        started: list[Listener] = []
        with self.interrupt:
            try:
                for listener in self.listeners:
                    listener.started(self.epochs, self.data.examples, self.batch_size, self.engine.name, self.snapshot)
                    started.append(listener)
                self.stopped = self._epochs()
            except KeyboardInterrupt:
                self.stopped = "interrupted"
                if len(started) < len(self.listeners):
                    raise
            except NonFiniteError as error:
                self.stopped = str(error)
                raise
            finally:
                with self.interrupt.postponed():
                    for listener in started:
                        listener.ended(self.stopped)

    @property
    def steps_an_epoch(self) -> int:
        """Steps an epoch, the last with whatever examples are left."""
        return -(-self.data.examples // self.batch_size)

    def _epochs(self) -> str:
        before = self.snapshot.epoch
        while self.snapshot.epoch < self.epochs:
            if self._patience_is_over():
                reason = "validation no longer improved"
                break
            self._epoch()
        else:
            reason = "all epochs done"
        return reason if self.snapshot.epoch > before else f"nothing left to train: {reason}"

    def _patience_is_over(self) -> bool:
        if self.early_stopping is None or self.snapshot.best_value is None:
            return False
        return self.snapshot.epoch - self.snapshot.best_epoch >= self.early_stopping.patience

    def _epoch(self) -> None:
        begun = time.perf_counter()
        before = self.snapshot
        weights, steps = self._train_epoch(before)
        record = self._record(before.epoch + 1, steps, weights)
        with self.interrupt.postponed():
            self._advance(weights, record, self.steps_an_epoch)
            record["seconds"] = round(time.perf_counter() - begun, 4)
            self.history.add(record, steps)
            for listener in self.listeners:
                listener.epoch_ended(record, steps, self.snapshot)
        self.interrupt.check()

    def _train_epoch(self, before: Snapshot) -> tuple[Weights, dict[str, np.ndarray[Any, Any]]]:
        """The weights after the epoch that follows ``before``, and what its steps saw.

        The order of its examples depends on the seed and the epoch's number alone, so a run can go on.
        """
        rng = rng_of_epoch(self.seed, before.epoch) if self.shuffle else None
        weights, parts, done = before.weights, [], 0
        with closing(self.data.shards(rng, self.batch_size, self._place)) as shards:
            for shard in shards:
                weights, seen = self._train_shard(shard, weights, done)
                parts.append(seen)
                done += len(seen["loss"])
        return weights, joined(parts)

    def _train_shard(self, shard: Shard, before: Weights, done: int) -> tuple[Weights, dict[str, np.ndarray[Any, Any]]]:
        """The weights after a shard of the epoch, of which so many steps are ``done``, and what its steps saw."""
        plan, weights, parts = self._plan(shard, done), before, []
        for start, stop in self._intervals(plan.steps):
            weights, seen = self.engine.run(self.recipe, self.numbers, weights, shard.placed, plan, start, stop)
            self.interrupt.check()
            if not _finite(weights, seen["loss"]):
                self._raise_failure(shard, before, plan, start + _first_bad(seen["loss"]))
            parts.append(seen)
            for listener in self.listeners:
                listener.stepped(self.snapshot.epoch + 1, done + stop, seen)
        return weights, {**joined(parts), "learning_rate": plan.learning_rates}

    def _place(self, batch: Batch) -> Batch:
        placed: Batch = self.engine.place(batch._replace(x=inputs_to_compute_dtype(batch.x, self.recipe.compute)))
        return placed

    def _plan(self, shard: Shard, done: int) -> Plan:
        first = self.snapshot.steps + done
        numbers = first + np.arange(-(-len(shard.order) // self.batch_size))
        rates = self.recipe.optimizer.learning_rates(numbers)
        key = steps_key(self.seed) if self.recipe.is_random() else None
        return Plan(shard.order, self.batch_size, rates, first + 1, key)

    def _intervals(self, steps: int) -> Iterator[tuple[int, int]]:
        """The epoch in intervals that take about ``SECONDS_A_CALL`` each."""
        start = 0
        while start < steps:
            begun, stop = time.perf_counter(), min(start + self.length, steps)
            yield start, stop
            speed = (stop - start) / max(time.perf_counter() - begun, 1e-6)
            self.length = max(1, min(round(speed * SECONDS_A_CALL), 10 * self.length))
            start = stop

    def _raise_failure(self, shard: Shard, before: Weights, plan: Plan, step: int) -> NoReturn:
        failure = self._find_failure(shard, before, plan, step)
        raise NonFiniteError(
            f"step {plan.first + failure.step} (epoch {self.snapshot.epoch + 1}): {failure.quantity} is "
            f"{failure.value}; {CURE}"
        )

    def _find_failure(self, shard: Shard, before: Weights, plan: Plan, step: int) -> Failure:
        """Repeat the shard up to the failing step, and find in that step what was first not finite."""
        data = shard.read()
        for i in (max(step - 1, 0), step):
            weights = before
            if i:
                weights, _ = self.engine.run(self.recipe, self.numbers, weights, shard.placed, plan, 0, i)
            failure = find_failure(self.recipe, self.numbers, weights, data, plan, i)
            if failure is not None:
                return failure
        return Failure(step, "the loss", "not finite")

    def _record(self, epoch: int, steps: dict[str, Any], weights: Weights) -> dict[str, Any]:
        train = means_of(steps, self.data.examples, self.batch_size)
        return epoch_record(epoch, steps["learning_rate"][-1], train, self._validate(weights))

    def _validate(self, weights: Weights) -> dict[str, float] | None:
        """What validation measures of these weights; None without validation data."""
        if self.validation is None:
            return None
        tally = Tally(self.recipe.loss, self.recipe.classify)
        with closing(self.validation.parts()) as parts:
            for x, target, _ in parts:
                tally.add(self.engine.outputs(self.recipe.model, weights.params, weights.state, x), target)
        return tally.result()

    def _advance(self, weights: Weights, record: dict[str, Any], steps: int) -> None:
        before = self.snapshot
        after = Snapshot(weights, before.epoch + 1, before.steps + steps, before.best, before.best_epoch)
        after.best_value = before.best_value
        if self.early_stopping is None:
            after.best_epoch = after.epoch
        elif self.early_stopping.better(record["validation"], before.best_value):
            after.best, after.best_epoch = weights, after.epoch
            after.best_value = self.early_stopping.value(record["validation"])
        self.snapshot = after


def _finite(weights: Weights, losses: Any) -> bool:
    leaves = trees.leaves(weights.params)
    return bool(np.isfinite(losses).all()) and all(bool(np.isfinite(np.asarray(leaf)).all()) for leaf in leaves)


def _first_bad(losses: Any) -> int:
    """The first step whose loss is not finite; the last where it is only weights that are not."""
    bad = np.flatnonzero(~np.isfinite(losses))
    return int(bad[0]) if len(bad) else len(losses) - 1
