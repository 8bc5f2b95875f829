"""``train_population``: many networks at once, that differ in their settings."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from pellucid import trees, validate
from pellucid.data import OnDisk
from pellucid.errors import ConfigError
from pellucid.interrupt import Interrupt
from pellucid.layer import Layer, Loss
from pellucid.optim import Adam, Clipping, Optimizer, as_rule
from pellucid.regularize import Constraint, Penalty
from pellucid.train.engines import Work
from pellucid.train.feed.examples import make_examples
from pellucid.train.feed.shards import Examples
from pellucid.train.initialize import begin_with, draw_weights
from pellucid.train.metrics import is_classification
from pellucid.train.population.population import Member, Population
from pellucid.train.population.sweep import OWNER, Settings, members_of
from pellucid.train.recipe import Recipe
from pellucid.train.stopping import EarlyStopping
from pellucid.train.trained import Trained
from pellucid.types import Params, State

if TYPE_CHECKING:
    from pellucid.train.population.group import Chunk, Course, Entrant

CACHE = 2**19
"""How many bytes the members of a chunk may work on together: about what stays near a core."""
MOST = 32
"""Members in a chunk at most: enough to fill every lane of the processor."""


def train_population(
    model: Layer,
    loss: Loss,
    data: Any,
    *,
    sweep: Mapping[str, Any] | Sequence[Mapping[str, Any]],
    validation: Any = None,
    optimizer: Optimizer | Any = None,
    epochs: int = 100,
    batch_size: int = 32,
    shuffle: bool = True,
    seed: int = 0,
    penalty: Penalty | None = None,
    clip: Clipping | None = None,
    constraint: Constraint | None = None,
    class_weight: Mapping[int, float] | str | None = None,
    sample_weight: Any = None,
    early_stopping: EarlyStopping | None = None,
    start: Any = None,
) -> Population:
    """Train a network for every member of ``sweep``, all at once. Each comes out as ``fit`` with its settings would.

    ``sweep``: a dict from names to values, for every combination: ``{"learning_rate": [0.01, 0.1], "seed": range(5)}``,
    or a list of dicts, one a member. Names are the numbers of the optimizer, penalty, clipping and constraint
    ("learning_rate", "momentum", "strength" ...), "l1" and "l2" where no penalty is given, "seed" (first weights, order
    of the data, dropout), "start", and whole parts: "model", "optimizer", "penalty", "clip", "constraint". Values may
    also be a dict from labels to values: ``{"model": {"relu": ..., "tanh": ...}}``.
    All else is as in ``fit``; the share of ``data`` held out as ``validation`` is chosen by ``seed`` for all alike.

    Members that differ in numbers and seeds share one compiled program and go through it side by side; every other
    model or kind of optimizer is a program of its own. Runs on JAX. A member that meets NaN or infinity ends there,
    with the weights of the epoch before, and the others go on; Ctrl-C ends all, and what was reached is kept.

    Raises ConfigError, UnknownNameError, ShapeError, DataError for what does not fit, before any training.
    """
    begun = time.perf_counter()
    for name, value in (("epochs", epochs), ("batch_size", batch_size)):
        validate.positive_int(OWNER, name, value)
    validate.whole(OWNER, "seed", seed)
    validate.instance(OWNER, "shuffle", shuffle, bool)
    validate.instance(OWNER, "model", model, Layer)
    validate.instance(OWNER, "loss", loss, Loss)
    parts = {"penalty": Penalty, "clip": Clipping, "constraint": Constraint, "early_stopping": EarlyStopping}
    for (name, kind), given in zip(parts.items(), (penalty, clip, constraint, early_stopping), strict=True):
        if given is not None:
            validate.instance(OWNER, name, given, kind)
    rule = as_rule(Adam() if optimizer is None else optimizer)
    members = members_of(sweep, Settings(model, rule, penalty, clip, constraint, seed, start))
    if isinstance(data, OnDisk) or isinstance(validation, OnDisk):
        raise ConfigError(f"{OWNER} takes data in memory, not on disk: train one network at a time with fit")
    train, held_out = make_examples(loss, data, validation, sample_weight, class_weight, seed)
    if early_stopping is not None and held_out is None:
        raise ConfigError(
            f"{OWNER}: early_stopping needs validation data: pass validation=(x, y) or a share such as 0.1"
        )
    race = _Race(loss, train, held_out, epochs, min(batch_size, train.examples), shuffle, early_stopping)
    return Population(tuple(race.run(members)), time.perf_counter() - begun)


@dataclass
class _Race:
    loss: Loss
    train: Examples
    held_out: Examples | None
    epochs: int
    batch_size: int
    shuffle: bool
    early_stopping: EarlyStopping | None

    def run(self, members: list[tuple[dict[str, Any], Settings]]) -> list[Member]:
        """Train all members, those of equal recipes in chunks."""
        import jax

        from pellucid.train.population.group import Course

        entrants = self._entrants([settings for _, settings in members])
        dtype = np.dtype(next((leaf.dtype for leaf in trees.leaves(entrants[0].params)), np.float32))
        begun = time.perf_counter()
        with jax.enable_x64(dtype == np.float64):
            data = jax.tree.map(jax.numpy.asarray, self.train.sample)
            held_out = None if self.held_out is None else self.held_out.sample
            course = Course(data, held_out, self.epochs, self.batch_size, self.shuffle, self.early_stopping, dtype)
            chunks = self._chunks(entrants, course)
            reason = _laps([chunk for _, chunk in chunks], self.epochs)
        seconds = time.perf_counter() - begun
        results: dict[int, Member] = {}
        for places, chunk in chunks:
            for k, i in enumerate(places):
                params, state, history = chunk.result(k)
                stopped, best = chunk.stopped[k] or reason, chunk.best_epoch[k]
                model = chunk.recipe.model
                trained = Trained(model, self.loss, params, state, history, "jax", stopped, best, seconds)
                results[i] = Member(members[i][0], trained)
        return [results[i] for i in range(len(members))]

    def _entrants(self, members: list[Settings]) -> list[Entrant]:
        from pellucid.train.population.group import Entrant

        classify = is_classification(self.loss, self.train.sample.target)
        return [
            Entrant(
                Recipe(s.model, self.loss, s.optimizer, s.penalty, s.clip, s.constraint, classify), *weights, s.seed
            )
            for s, weights in zip(members, self._first_weights(members), strict=True)
        ]

    def _first_weights(self, members: list[Settings]) -> Iterator[tuple[Params, State]]:
        """What each member begins with. Every model is tried on the data once, every seed drawn from once."""
        for model in dict.fromkeys(s.model for s in members):
            begin_with(model, self.loss, self.train, self.held_out, self.batch_size, self.shuffle, 0, None)
        drawn: dict[Any, tuple[Params, State]] = {}
        for s in members:
            place = (s.model, s.seed, id(s.start))
            if place not in drawn:
                drawn[place] = draw_weights(s.model, self.train.sample, s.seed, s.start, OWNER)
            yield drawn[place]

    def _chunks(self, entrants: list[Entrant], course: Course) -> list[tuple[list[int], Chunk]]:
        """The chunks, each of members with equal recipes, as many as work within ``CACHE``, and who they are."""
        from pellucid.train.population.group import Chunk

        groups: dict[Recipe, list[int]] = {}
        for i, entrant in enumerate(entrants):
            groups.setdefault(entrant.recipe, []).append(i)
        chunks = []
        for group in groups.values():
            first = entrants[group[0]]
            work = Work.of(first.recipe.model, first.params, first.state, self.train.sample.x)
            weights = sum(leaf.nbytes for leaf in trees.leaves(first.params))
            touched = 2 * self.batch_size * work.bytes + 3 * weights + 1  # outputs, weights, and their gradients
            size = max(1, min(MOST, CACHE // touched))
            for places in np.array_split(group, -(-len(group) // size)):
                members = [entrants[i] for i in places]
                chunks.append((places.tolist(), Chunk(members, course, self.batch_size * work.multiplications)))
        return chunks


def _laps(chunks: list[Chunk], epochs: int) -> str:
    """All epochs of all chunks, which run side by side. Returns why those ended that would have gone on."""
    try:
        with Interrupt() as interrupt:
            for chunk in chunks:
                chunk.draw(0)
            for epoch in range(epochs):
                running = [chunk for chunk in chunks if any(chunk.active)]
                for chunk in running:
                    chunk.start(epoch)
                interrupt.check()
                for chunk in running if epoch + 1 < epochs else ():
                    chunk.draw(epoch + 1)
                for chunk in running:
                    chunk.finish(epoch)
    except KeyboardInterrupt:
        return "interrupted"
    return "all epochs done"
