"""The loop of training: epochs of steps, validation, changes on the way, and where it ends."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, NamedTuple

import numpy as np

from pellucid.errors import NonFiniteError
from pellucid.interrupt import Interrupt
from pellucid.runtime.usage import Stopwatch, resident_bytes
from pellucid.train.batch import Batch, Weights, count_steps
from pellucid.train.changes import Change, PlannedChanges
from pellucid.train.engines import Engine, Plan
from pellucid.train.events import BestReached, Ended, EpochDone, Started, StepsDone, StopDecided
from pellucid.train.examiner import Examiner
from pellucid.train.failure import FailingStep, first_bad_step
from pellucid.train.feed.order import rng_of_epoch
from pellucid.train.feed.shards import Examples, Shard
from pellucid.train.history import History, concatenate_steps, epoch_record, means_of
from pellucid.train.keys import steps_key
from pellucid.train.listeners import Listeners
from pellucid.train.metrics import Tally
from pellucid.train.pace import Pace
from pellucid.train.precision import inputs_to_compute_dtype
from pellucid.train.recipe import Recipe
from pellucid.train.snapshot import Snapshot
from pellucid.train.steering import Steering, TrainingStopped
from pellucid.train.stopping import PlateauCounter, ReduceOnPlateau, StoppingRule
from pellucid.train.stopping.time_limit import TIME_IS_UP, with_overrun
from pellucid.train.watch import Watch

Steps = dict[str, np.ndarray[Any, Any]]
"""Numbers by name, (S,): one for each step."""


class Stretch(NamedTuple):
    """Some steps one after another: the weights after them, what each saw, and what those watched recorded."""

    weights: Weights
    numbers: Steps
    layers: Steps


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
    early_stopping: StoppingRule | None
    listeners: Listeners
    snapshot: Snapshot
    history: History = field(default_factory=History)
    watch: Watch | None = None
    examiner: Examiner | None = None
    changes: tuple[Change, ...] = ()
    plateau: ReduceOnPlateau | None = None
    max_time: float | None = None
    stopped: str = ""
    interrupt: Interrupt = field(default_factory=Interrupt)
    clock: Stopwatch = field(default_factory=Stopwatch)

    def run(self) -> None:
        """Train until all epochs are done, validation no longer improves, or Ctrl-C. Raises NonFiniteError."""
        self.numbers = self.recipe.numbers(self.snapshot.weights.params)
        self.pace = Pace(1 if self.engine.name == "numpy" else 32)
        self.snapshot.weights = self.engine.place(self.snapshot.weights)
        self.steering, self._last_seconds = self._begin_steering(), 0.0
        self._plateau = None if self.plateau is None else PlateauCounter(self.plateau)
        if self._plateau is not None:
            for record in self.history.epochs:
                self._plateau.add(record)
        begun = False
        with self.interrupt:
            try:
                self._tell_start()
                begun = True
                self.stopped = self._epochs()
            except TrainingStopped as reason:
                self.stopped = str(reason)
            except KeyboardInterrupt:
                self.stopped = "interrupted"
                if not begun:
                    raise
            except NonFiniteError as error:
                self.stopped = str(error)
                raise
            finally:
                with self.interrupt.postponed():
                    self.listeners.tell(Ended(self.snapshot.epoch, self.snapshot.steps, self.stopped))

    @property
    def steps_an_epoch(self) -> int:
        """Steps an epoch, the last with whatever examples are left."""
        return count_steps(self.data.examples, self.batch_size)

    def _begin_steering(self) -> Steering:
        snapshot, epochs = self.snapshot, self.epochs
        if snapshot.epochs_changed is not None and snapshot.epochs_changed[0] == epochs:
            epochs = snapshot.epochs_changed[1]
        planned = PlannedChanges.of(self.changes, snapshot.steps)
        check = self.interrupt.check
        return Steering(self.recipe.optimizer, epochs, self.listeners, planned, check, snapshot.rate_factor)

    def _tell_start(self) -> None:
        at = self.snapshot.epoch, self.snapshot.steps
        epochs, examples = self.steering.epochs, self.data.examples
        self.listeners.tell(Started(*at, epochs, examples, self.batch_size, self.engine.name, self.snapshot))

    def _epochs(self) -> str:
        before = self.snapshot.epoch
        while self.snapshot.epoch < self.steering.epochs:
            if reason := self._find_reason():
                if self.snapshot.epoch > before:
                    self.listeners.tell(StopDecided(self.snapshot.epoch, self.snapshot.steps, reason))
                break
            self._check_time(self.snapshot.steps, self._last_seconds)
            self._epoch()
        else:
            reason = "all epochs done"
        if self.snapshot.epoch > before:
            self.steering.refuse_waiting(self.snapshot.epoch, self.snapshot.steps)
        return self._with_overrun(reason) if self.snapshot.epoch > before else f"nothing left to train: {reason}"

    def _find_reason(self) -> str | None:
        """Why early stopping ends training here; None where it goes on."""
        if self.early_stopping is None or self.snapshot.best_value is None or not self.history.epochs:
            return None
        return self.early_stopping.find_reason(self.history.epochs, self.snapshot.best_epoch)

    def _check_time(self, done: int, ahead: float = 0.0) -> None:
        """Raise TrainingStopped where the time is up after so many steps, or would be in so many seconds."""
        if self.max_time is not None and self.clock.seconds - self.steering.paused + ahead > self.max_time:
            self.listeners.tell(StopDecided(self.snapshot.epoch, done, TIME_IS_UP))
            raise TrainingStopped(self._with_overrun(TIME_IS_UP))

    def _with_overrun(self, reason: str) -> str:
        taken = self.clock.seconds - self.steering.paused
        return reason if self.max_time is None else with_overrun(reason, taken, self.max_time)

    def _epoch(self) -> None:
        watch, before, paused = Stopwatch(), self.snapshot, self.steering.paused
        weights, steps, layers = self._train_epoch(before)
        record = self._record(before.epoch + 1, steps, weights)
        self._last_seconds = watch.seconds - (self.steering.paused - paused)
        with self.interrupt.postponed():
            if self._plateau is not None and self._plateau.add(record):
                rule, steps_done = self._plateau.rule, before.steps + self.steps_an_epoch
                self.steering.reduce_rate(before.epoch + 1, steps_done, rule)
            self._advance(weights, record)
            record |= {"seconds": round(watch.seconds, 4), "processor": round(watch.processor, 3)}
            if (memory := resident_bytes()) is not None:
                record["memory"] = memory
            self.history.add(record, steps, layers)
            self._tell_epoch(record, before)
        self.interrupt.check()

    def _tell_epoch(self, record: dict[str, Any], before: Snapshot) -> None:
        at = self.snapshot.epoch, self.snapshot.steps
        if self.early_stopping is not None and self.snapshot.best_epoch == self.snapshot.epoch:
            value = self.snapshot.best_value
            self.listeners.tell(
                BestReached(*at, self.early_stopping.monitored, float("nan") if value is None else value)
            )
        last, watching = self.snapshot.epoch >= self.steering.epochs, 0.0 if self.watch is None else self.watch.seconds
        if self.examiner is not None and self.examiner.is_due(last, watching):
            self.examiner.examine(self.snapshot.weights, *at, self.listeners)
        self.listeners.tell(EpochDone(*at, record, self.snapshot))

    def _train_epoch(self, before: Snapshot) -> tuple[Weights, Steps, Steps]:
        """The weights after the epoch that follows ``before``, what its steps saw, and those that were watched.

        The order of its examples depends on the seed and the epoch's number alone, so a run can go on.
        """
        rng = rng_of_epoch(self.seed, before.epoch) if self.shuffle else None
        weights, parts, layers, done = before.weights, [], [], 0
        with closing(self.data.shards(rng, self.batch_size, self._place)) as shards:
            for shard in shards:
                for stretch in self._train_shard(shard, weights, done):
                    weights = stretch.weights
                    parts.append(stretch.numbers)
                    layers.append(stretch.layers)
                    done += len(stretch.numbers["loss"])
        watched = [rows for rows in layers if rows]
        return weights, concatenate_steps(parts), concatenate_steps(watched, "step") if watched else {}

    def _train_shard(self, shard: Shard, first: Weights, done: int) -> Iterator[Stretch]:
        """A shard of the epoch, of which so many steps are ``done``, in stretches that are told as they end."""
        plan, weights, parts, i, begun = self._plan(shard, done), first, [], 0, 0
        while i < plan.steps:
            if self.steering.apply(self.snapshot.epoch, plan.first - 1 + i, look=i == begun):
                plan = self._with_new_rates(plan, i)
            if i == begun:
                self._check_time(plan.first - 1 + i)
            stop, before = self._next_stop(plan, i), weights
            weights, seen = self._run(shard, before, plan, i, stop)
            parts.append({**seen, "learning_rate": plan.learning_rates[i:stop]})
            i = stop
            self.interrupt.check()
            if self.pace.is_due() or i == plan.steps:
                numbers = concatenate_steps(parts)
                if (bad := first_bad_step(weights, numbers["loss"])) is not None:
                    repeat = partial(self.engine.run, self.recipe, self.numbers, first, shard.placed, plan, 0)
                    failing = FailingStep(self.recipe, self.numbers, first, shard.read(), plan, begun + bad)
                    raise NonFiniteError(failing.describe(repeat, self.snapshot.epoch + 1))
                yield self._tell_stretch(Stretch(weights, numbers, self._watched_rows()), plan, done + i)
                parts, begun = [], i

    def _run(self, shard: Shard, before: Weights, plan: Plan, start: int, stop: int) -> tuple[Weights, Steps]:
        """Steps ``start`` to ``stop - 1`` of a shard; one that is watched comes alone."""
        clock = Stopwatch()
        watched = self.watch is not None and self.watch.is_watched(plan.first + start)
        keep = watched or start == 0
        weights, seen = self.engine.run(self.recipe, self.numbers, before, shard.placed, plan, start, stop, keep=keep)
        self.pace.learn(stop - start, clock.seconds)
        if self.watch is not None and watched:
            calls = 2 * max(0.0, clock.own_seconds - self.pace.step_seconds)  # its own, and that of the steps behind it
            watch = Stopwatch()
            self.watch.measure(self.recipe, self.numbers, before, weights, shard, plan, start)
            self.watch.seconds += calls + watch.own_seconds
        return weights, seen

    def _next_stop(self, plan: Plan, i: int) -> int:
        """The step before which the engine returns: for progress, for a watched step, for a planned change."""
        most = min(self.pace.length, plan.steps - i, self.steering.planned.next_step - (plan.first - 1 + i))
        if self.watch is not None:
            most = min(most, self.watch.until_watched(plan.first + i) or 1)
        return i + int(most)

    def _watched_rows(self) -> Steps:
        return {} if self.watch is None else self.watch.take_rows()

    def _tell_stretch(self, stretch: Stretch, plan: Plan, done: int) -> Stretch:
        """``done`` counts the steps of the epoch."""
        steps, through = len(stretch.numbers["loss"]), min(done * self.batch_size, self.data.examples)
        sizes = np.full(steps, self.batch_size)
        sizes[-1] = through - (done - 1) * self.batch_size
        at = self.snapshot.epoch + 1, self.snapshot.steps + done
        with self.interrupt.postponed():
            self.listeners.tell(StepsDone(*at, stretch.numbers, sizes, through, stretch.layers))
        self.interrupt.check()
        return stretch

    def _place(self, batch: Batch) -> Batch:
        placed: Batch = self.engine.place(batch._replace(x=inputs_to_compute_dtype(batch.x, self.recipe.compute)))
        return placed

    def _plan(self, shard: Shard, done: int) -> Plan:
        first = self.snapshot.steps + done
        numbers = first + np.arange(count_steps(len(shard.order), self.batch_size))
        key = steps_key(self.seed) if self.recipe.is_random() else None
        return Plan(shard.order, self.batch_size, self.steering.rates(numbers), first + 1, key)

    def _with_new_rates(self, plan: Plan, i: int) -> Plan:
        """The plan with the rates of step ``i`` and those after it as they are planned now."""
        rates = self.steering.rates(plan.first - 1 + np.arange(i, plan.steps))
        return replace(plan, learning_rates=np.concatenate([plan.learning_rates[:i], rates]))

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

    def _advance(self, weights: Weights, record: dict[str, Any]) -> None:
        """Make the end of the epoch the snapshot."""
        before, steering = self.snapshot, self.steering
        after = replace(
            before,
            weights=weights,
            epoch=before.epoch + 1,
            steps=before.steps + self.steps_an_epoch,
            rate_factor=steering.rate_factor,
            epochs_changed=None if steering.epochs == self.epochs else (self.epochs, steering.epochs),
        )
        if self.early_stopping is None:
            after.best_epoch = after.epoch
        elif self.early_stopping.better(record, before.best_value):
            after.best, after.best_epoch = weights, after.epoch
            after.best_value = self.early_stopping.value(record)
        self.snapshot = after
