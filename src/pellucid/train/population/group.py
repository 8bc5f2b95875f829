"""A group of members that share one compiled program, each with its own history and its own end."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np

from pellucid import trees
from pellucid.train.batch import Batch, Weights, count_steps
from pellucid.train.failure import CURE
from pellucid.train.feed.order import ROWS, order_of_examples
from pellucid.train.history import History, concatenate_steps, epoch_record, means_of
from pellucid.train.keys import steps_key
from pellucid.train.metrics import measure
from pellucid.train.population.compiled import SMALL_MEMBER, EpochInputs, compiled_epoch, outputs
from pellucid.train.recipe import Recipe
from pellucid.train.stopping import StoppingRule
from pellucid.train.stopping.records import EpochRecords
from pellucid.types import Params, State, Tree


class MemberSetup(NamedTuple):
    """One member before training: what it is trained with, its first weights, and its seed."""

    recipe: Recipe
    params: Params
    state: State
    seed: int


@dataclass(frozen=True)
class SharedSetup:
    """What all members share."""

    data: Batch
    validation: Batch | None
    epochs: int
    batch_size: int
    shuffle: bool
    early_stopping: StoppingRule | None
    dtype: np.dtype[Any]

    @property
    def steps(self) -> int:
        """Steps an epoch, the last with whatever examples are left."""
        return count_steps(self.data.examples, self.batch_size)


class Group:
    """K members whose recipes are equal. ``draw``, ``start`` and ``finish`` make one epoch; see ``result``.

    ``multiplications`` are those of a step of one member, forward.
    """

    def __init__(self, setups: list[MemberSetup], shared: SharedSetup, multiplications: int) -> None:
        self.setups, self.shared, self.recipe = setups, shared, setups[0].recipe
        self.run = compiled_epoch(len(setups), multiplications <= SMALL_MEMBER)
        weights = [Weights(e.params, e.state, e.recipe.optimizer.init(e.params)) for e in setups]
        self.weights: Weights = jax.tree.map(lambda *each: jnp.asarray(np.stack(each, axis=-1)), *weights)
        numbers = [e.recipe.numbers(e.params) for e in setups]
        self.numbers = jax.tree.map(lambda *each: jnp.asarray(each, dtype=shared.dtype), *numbers)
        self.keys = None
        if self.recipe.is_random():
            self.keys = jnp.asarray(np.stack([steps_key(e.seed) for e in setups], axis=-1))
        self.stopped = [""] * len(setups)
        self.done, self.best_epoch = [0] * len(setups), [0] * len(setups)
        self.best_value: list[float | None] = [None] * len(setups)
        self.best: list[tuple[Params, State] | None] = [None] * len(setups)
        self.seen: list[dict[str, np.ndarray[Any, Any]]] = []
        self.means: list[dict[str, list[float]]] = []
        self.rates: list[np.ndarray[Any, Any]] = []
        self.measured: list[list[dict[str, float]]] = []
        self.seconds: list[float] = []
        self.records = [EpochRecords() for _ in setups]

    @property
    def active(self) -> list[bool]:
        """Which members still train."""
        return [not reason for reason in self.stopped]

    def draw(self, epoch: int) -> None:
        """Prepare what epoch ``epoch`` (counted from 0) reads."""
        shared = self.shared
        orders = {
            seed: order_of_examples(shared.data.examples, shared.shuffle, seed, epoch)
            for seed in {setup.seed for setup in self.setups}
        }
        self.order = jnp.asarray(np.stack([orders[setup.seed] for setup in self.setups], axis=-1))
        steps = epoch * shared.steps + np.arange(shared.steps)
        self.next_rates = np.stack([e.recipe.optimizer.learning_rates(steps) for e in self.setups], axis=-1)

    def start(self, epoch: int) -> None:
        """Start the drawn epoch; it runs in the background until ``finish`` waits for it."""
        self.begun = time.perf_counter()
        self.rates.append(self.next_rates)
        rates = jnp.asarray(self.next_rates, dtype=self.shared.dtype)
        active = jnp.asarray(self.active)
        inputs = EpochInputs(self.numbers, self.order, rates, self.keys, active, epoch * self.shared.steps + 1)
        self.running = self.run(self.recipe, self.shared.batch_size, self.shared.data, self.weights, inputs)

    def finish(self, epoch: int) -> None:
        """Wait for the epoch that runs; record its numbers, and which members have ended."""
        weights, seen, finite = self.running
        self.seen.append({name: np.asarray(values) for name, values in seen.items()})
        self.means.append(means_of(self.seen[-1], self.shared.data.examples, self.shared.batch_size))
        self.weights = weights
        good = np.asarray(finite)
        validation = self._measure() if self.shared.validation is not None else [{} for _ in self.setups]
        for k in np.flatnonzero(self.active):
            if not good[k]:
                self.stopped[k] = self._failure(epoch, int(k))
                continue
            self.done[k] = epoch + 1
            train = {name: means[k] for name, means in self.means[-1].items()}
            self.records[k].append({"epoch": epoch + 1, "train": train, "validation": validation[k]})
            self._rank(int(k))
        self.measured.append(validation)
        self.seconds.append(time.perf_counter() - self.begun)

    def _rank(self, k: int) -> None:
        """Record whether the epoch is member k's best; stop it after its last epoch, or early."""
        stopping, epoch, record = self.shared.early_stopping, self.done[k], self.records[k][-1]
        if stopping is None or stopping.better(record, self.best_value[k]):
            self.best_epoch[k] = epoch
            if stopping is not None:
                self.best_value[k], self.best[k] = stopping.value(record), self._weights_of(k)
        if epoch == self.shared.epochs:
            self.stopped[k] = "all epochs done"
        elif stopping is not None:
            self.stopped[k] = stopping.find_reason(self.records[k], self.best_epoch[k]) or ""

    def _failure(self, epoch: int, k: int) -> str:
        losses = self.seen[-1]["loss"][:, k]
        bad = np.flatnonzero(~np.isfinite(losses))
        i, what = (int(bad[0]), "the loss") if len(bad) else (len(losses) - 1, "a weight")
        value = "infinite" if len(bad) and np.isinf(losses[i]) else "NaN" if len(bad) else "NaN or infinite"
        return f"step {epoch * self.shared.steps + i + 1} (epoch {epoch + 1}): {what} is {value}; {CURE}"

    def _measure(self) -> list[dict[str, float]]:
        validation: Any = self.shared.validation
        parts = []
        for i in range(0, validation.examples, ROWS):
            x = trees.tree_map(lambda leaf, i=i: leaf[i : i + ROWS], validation.x)
            y = outputs(self.recipe.model, self.weights.params, self.weights.state, x)
            parts.append(trees.tree_map(np.asarray, y))
        y = trees.tree_map(lambda *leaves: np.concatenate(leaves), *parts)
        with np.errstate(all="ignore"):
            return [
                measure(self.recipe.loss, _member(y, k), validation.target, self.recipe.classify) if active else {}
                for k, active in enumerate(self.active)
            ]

    def _weights_of(self, k: int) -> tuple[Params, State]:
        return _member(self.weights.params, k), _member(self.weights.state, k)

    def result(self, k: int) -> tuple[Params, State, History]:
        """Member k's weights, the best where something is monitored, and its history."""
        params, state = self.best[k] or self._weights_of(k)
        return params, state, self._history(k)

    def _history(self, k: int) -> History:
        records, steps = [], []
        for e in range(self.done[k]):
            rates = self.rates[e][:, k]
            train = {name: values[k] for name, values in self.means[e].items()}
            record = epoch_record(e + 1, rates[-1], train, self.measured[e][k])
            records.append({**record, "seconds": round(self.seconds[e], 4)})
            steps.append({**{name: values[:, k] for name, values in self.seen[e].items()}, "learning_rate": rates})
        return History(records, concatenate_steps(steps))


def _member(tree: Tree, k: int) -> Tree:
    return trees.tree_map(lambda leaf: np.array(np.asarray(leaf)[..., k]), tree)
