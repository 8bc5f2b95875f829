"""The training of one network: some steps at a time, the same numbers however it is cut up."""

from __future__ import annotations

import math
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from pellucid.errors import DataError
from pellucid.playground.history import History
from pellucid.playground.keys import order_of_epoch
from pellucid.playground.measure import Measure, measure
from pellucid.playground.network import Network
from pellucid.playground.weight_path import WeightPath
from pellucid.train.batch import Batch, Weights
from pellucid.train.engines.eager import Eager, step_inputs
from pellucid.train.engines.plan import Plan
from pellucid.train.failure import find_failure, first_bad_step
from pellucid.train.feed.order import take
from pellucid.train.keys import steps_key
from pellucid.train.step import forward_backward
from pellucid.train.stopping.monitor import is_better
from pellucid.trees import flatten, replace_leaves
from pellucid.types import Params

ENGINE = Eager()


class Progress(NamedTuple):
    """Where a training is: its weights, whole epochs, steps of the epoch that has begun, and all steps."""

    weights: Weights
    epoch: int = 0
    done: int = 0
    step: int = 0


class LastSteps(NamedTuple):
    """The steps ``start`` to ``stop - 1`` of a plan, which were taken last, and the weights that they began with."""

    weights: Weights
    plan: Plan
    start: int
    stop: int


@dataclass(frozen=True)
class Best:
    """The lowest test loss so far, and the weights that had it."""

    loss: float
    epoch: int
    weights: Weights


class Training:
    """A network on its way. All it knows of the weights are values: a question may keep them and go on in peace."""

    def __init__(self, network: Network) -> None:
        self.network = network
        self.seconds_a_step = math.inf
        self.restart()

    def restart(self) -> None:
        """Back to the first weights."""
        self.status, self.note = "ready", None
        self.history = History()
        self._set(Progress(self.network.first_weights))
        self.best: Best | None = None
        self.history.add(0, 0, self.measured)
        self.path = WeightPath(self.progress.weights.params)

    status: str
    note: str | None
    """Why training stopped, in words."""

    def _set(self, progress: Progress) -> None:
        self.progress = progress
        self.last: LastSteps | None = None
        self._measured: Measure | None = None

    @property
    def measured(self) -> Measure:
        """How good the weights are, worked out when first asked for."""
        if self._measured is None:
            self._measured = measure(self.network, self.progress.weights)
        return self._measured

    @property
    def can_go_on(self) -> bool:
        """Whether nothing has stopped it."""
        return self.status == "ready"

    def allow(self) -> None:
        """Let a training that stopped go on from where it is."""
        self.status, self.note, self.best = "ready", None, None

    def advance(self, steps: int) -> None:
        """Train so many steps, or to the end of the epoch, whichever comes first."""
        before, plan = self.progress, self._plan()
        stop = min(before.done + steps, plan.steps)
        begun = time.perf_counter()
        after, losses = self._run(plan, before.weights, before.done, stop)
        taken = stop - before.done
        self._note_time((time.perf_counter() - begun) / taken)
        if first_bad_step(after, losses) is not None:
            self._diverge(plan)
            return
        self._set(Progress(after, before.epoch, stop, before.step + taken))
        self.last = LastSteps(before.weights, plan, before.done, stop)
        if stop == plan.steps:
            self._end_epoch()

    def gradients(self) -> dict[str, np.ndarray]:
        """The gradients of the last batch by path, as its step found them; none before the first step."""
        if self.last is None:
            return {}
        weights, plan, start, stop = self.last
        i, recipe = stop - 1, self.network.recipe
        if i > start:
            weights, _ = self._run(plan, weights, start, i)
        batch = take(self.network.batch, plan.order[i * plan.batch_size : (i + 1) * plan.batch_size])
        with np.errstate(all="ignore"):
            numbers = recipe.numbers(weights.params)
            gradients, *_ = forward_backward(recipe, recipe.model, numbers, weights, batch, step_inputs(plan, i))
        return flatten(gradients)

    def learning_rate(self) -> float:
        """That of the next step."""
        return float(self.network.recipe.optimizer.learning_rates(np.array([self.progress.step]))[0])

    def edit(self, path: str, index: tuple[int, ...], value: float) -> None:
        """Set one number of the weights. Raises DataError for one that is not there."""
        arrays = flatten(self.progress.weights.params)
        if path not in arrays:
            raise DataError(f"there are no weights at {path}: there are {', '.join(arrays)}")
        shape = arrays[path].shape
        if len(index) != len(shape) or any(i >= length for i, length in zip(index, shape, strict=True)):
            raise DataError(f"{path} has the shape {shape}: it has no number at {list(index)}")
        array = arrays[path].copy()
        array[index] = value
        self.replace_params({path: array})

    def replace_params(self, arrays: Mapping[str, np.ndarray]) -> None:
        """Other weights at these paths."""
        weights = self.progress.weights
        params: Params = replace_leaves(weights.params, arrays)
        last = self.last
        self._set(self.progress._replace(weights=weights._replace(params=params)))
        self.last = last
        self.allow()

    def adopt(self, network: Network) -> None:
        """Go on as ``network``, which has weights of the same shapes; what the update rule remembers stays with it."""
        params, _, slots = self.progress.weights
        same_steps = network.steps_an_epoch == self.network.steps_an_epoch
        same_rule = type(network.recipe.optimizer) is type(self.network.recipe.optimizer)
        first = network.first_weights
        kept = Weights(
            replace_leaves(first.params, flatten(params)),
            first.state,
            replace_leaves(first.slots, flatten(slots)) if same_rule else first.slots,
        )
        self.network, self.seconds_a_step = network, math.inf
        self._set(self.progress._replace(weights=kept, done=self.progress.done if same_steps else 0))
        self.allow()

    def restore(self, progress: Progress) -> None:
        """Go on from there."""
        self._set(progress)
        self.history = History()
        self.history.add(progress.epoch, progress.step, self.measured)
        self.path = WeightPath(progress.weights.params)
        self.allow()

    def _plan(self) -> Plan:
        """The epoch that has begun, or is about to."""
        return self.last.plan if self.last is not None and self.progress.done else plan_of(self.network, self.progress)

    def _run(self, plan: Plan, weights: Weights, start: int, stop: int) -> tuple[Weights, Any]:
        recipe = self.network.recipe
        weights, seen = ENGINE.run(
            recipe, recipe.numbers(weights.params), weights, self.network.batch, plan, start, stop
        )
        return weights, seen["loss"]

    def _note_time(self, seconds: float) -> None:
        """Keep in mind how long a step takes; before the first, ``seconds_a_step`` is infinite."""
        known = math.isfinite(self.seconds_a_step)
        self.seconds_a_step = 0.8 * self.seconds_a_step + 0.2 * seconds if known else seconds

    def _end_epoch(self) -> None:
        self.progress = self.progress._replace(epoch=self.progress.epoch + 1, done=0)
        self.history.add(self.progress.epoch, self.progress.step, self.measured)
        self.path.add(self.progress.weights.params)
        if self.network.state.patience:
            self._stop_early(self.measured.loss.test)

    def _stop_early(self, loss: float) -> None:
        epoch = self.progress.epoch
        if np.isfinite(loss) and is_better(loss, None if self.best is None else self.best.loss, lower=True):
            self.best = Best(loss, epoch, self.progress.weights)
        if self.best is None or epoch - self.best.epoch < self.network.state.patience:
            return
        best = self.best
        self._set(self.progress._replace(weights=best.weights))
        self.status = "stopped"
        self.note = f"the test loss was lowest in epoch {best.epoch}, whose weights are back"

    def _diverge(self, plan: Plan) -> None:
        """Find the step in which a number was no longer finite, and keep the weights before it."""
        recipe, data, before = self.network.recipe, self.network.batch, self.progress
        weights, first = before.weights, before.step - before.done
        for done in range(before.done, plan.steps):
            failure = find_failure(recipe, recipe.numbers(weights.params), weights, data, plan, done)
            if failure is not None:
                where = f"step {first + done + 1} (epoch {before.epoch + 1})"
                self.note = f"{where}: {failure.quantity} is {failure.value}"
                break
            weights, _ = self._run(plan, weights, done, done + 1)
        else:  # each number of a step is finite, and their sum is not
            weights, done, self.note = before.weights, before.done, "the loss is not finite"
        self._set(before._replace(weights=weights, done=done, step=first + done))
        self.status = "diverged"


def plan_of(network: Network, progress: Progress) -> Plan:
    """The epoch in which ``progress`` is: the order of the points, and the learning rate and key of each step."""
    first, seed = progress.step - progress.done, network.state.seed
    order = order_of_epoch(network.training, seed, progress.epoch)
    rates = network.recipe.optimizer.learning_rates(first + np.arange(network.steps_an_epoch))
    key = steps_key(seed) if network.recipe.is_random() else None
    return Plan(order, network.state.batch_size, rates, first + 1, key)


def next_batch(network: Network, progress: Progress) -> Batch:
    """The batch of the next step."""
    order, size = plan_of(network, progress).order, network.state.batch_size
    return take(network.batch, order[progress.done * size : (progress.done + 1) * size])
