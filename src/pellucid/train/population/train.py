"""``train_population``: many networks at once, that differ in their settings."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from pellucid import trees
from pellucid.data import OnDisk
from pellucid.errors import ConfigError
from pellucid.interrupt import Interrupt
from pellucid.layer import Layer, Loss
from pellucid.optim import Clipping, Optimizer
from pellucid.regularize import Constraint, Penalty
from pellucid.train.arguments import check_arguments, require_validation, rule_of
from pellucid.train.engines import Work
from pellucid.train.feed.examples import make_examples
from pellucid.train.feed.shards import Examples
from pellucid.train.initialize import draw_weights, initialize
from pellucid.train.metrics import is_classification
from pellucid.train.population.population import Member, Population
from pellucid.train.population.sweep import OWNER, MemberSettings, members_of
from pellucid.train.recipe import Recipe
from pellucid.train.stopping import StoppingRule
from pellucid.train.trained import Trained
from pellucid.types import Params, State

if TYPE_CHECKING:
    from pellucid.train.population.group import Group, MemberSetup, SharedSetup

CACHE = 2**19
"""How many bytes the members of a group may work on together: about what stays near a core."""
MOST = 32
"""Members in a group at most: enough to fill the vectors of the processor."""


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
    early_stopping: StoppingRule | None = None,
    start: Any = None,
) -> Population:
    """Train a network for every member of ``sweep``, all at once. Each comes out as ``fit`` with its settings would.

    Members that differ in numbers and seeds share one compiled program and run side by side; every other model or kind
    of optimizer is a program of its own. Runs on JAX. A member that meets NaN or infinity ends there, with the weights
    of the epoch before, and the others go on; Ctrl-C ends all, and what was reached is kept.

    Args:
        model: the network, unless the sweep has it.
        loss: what to make small.
        data: a pair (x, y), or a Dataset, in memory; as in ``fit``.
        sweep: a dict from names to values, for every combination: ``{"learning_rate": [0.01, 0.1], "seed": range(5)}``,
            or a list of dicts, one a member. Names are the numbers of the optimizer, penalty, clipping and constraint
            ("learning_rate", "momentum", "strength" ...), "l1" and "l2" where no penalty is given, "seed" (first
            weights, order of the data, dropout), "start", and whole parts: "model", "optimizer", "penalty", "clip",
            "constraint". Values may also be a dict from labels to values: ``{"model": {"relu": ..., "tanh": ...}}``.
        validation: a pair (x, y), or the share of ``data`` to hold out, chosen by ``seed`` for all alike.
        optimizer: an update rule. Default: Adam().
        epochs: how often every example is used. Default: 100.
        batch_size: examples a step. Default: 32.
        shuffle: whether each epoch takes the examples in a new random order. Default: True.
        seed: any whole number; that of every member unless the sweep has seeds.
        penalty: on weights, added to the loss.
        clip: bounds on gradients.
        constraint: a bound on weights, kept after each update.
        class_weight: weight by label, or "balanced".
        sample_weight: one for each example, (B,).
        early_stopping: needs validation; each member keeps the weights of its best epoch.
        start: (params, state), or a Trained network to go on from.

    Returns:
        The members in the order of the sweep, each with its settings and its trained network.

    Raises:
        ConfigError, UnknownNameError, ShapeError, DataError: for what does not fit, before any training.
    """
    begun = time.perf_counter()
    check_arguments(
        OWNER,
        model=model,
        loss=loss,
        epochs=epochs,
        batch_size=batch_size,
        shuffle=shuffle,
        seed=seed,
        penalty=penalty,
        clip=clip,
        constraint=constraint,
        early_stopping=early_stopping,
    )
    seed, rule = int(seed), rule_of(optimizer)
    members = members_of(sweep, MemberSettings(model, rule, penalty, clip, constraint, seed, start))
    if isinstance(data, OnDisk) or isinstance(validation, OnDisk):
        raise ConfigError(f"{OWNER} takes data in memory, not on disk: train one network at a time with fit")
    train, held_out = make_examples(loss, data, validation, sample_weight, class_weight, seed)
    require_validation(OWNER, held_out, early_stopping=early_stopping)
    training = _Training(loss, train, held_out, epochs, min(batch_size, train.examples), shuffle, early_stopping)
    return Population(tuple(training.run(members)), time.perf_counter() - begun)


@dataclass
class _Training:
    """The training of a population, on checked arguments."""

    loss: Loss
    train: Examples
    held_out: Examples | None
    epochs: int
    batch_size: int
    shuffle: bool
    early_stopping: StoppingRule | None

    def run(self, members: list[tuple[dict[str, Any], MemberSettings]]) -> list[Member]:
        """Train all members, those of equal recipes in groups."""
        import jax

        from pellucid.train.population.group import SharedSetup

        setups = self._setups([settings for _, settings in members])
        dtype = np.dtype(next((leaf.dtype for leaf in trees.leaves(setups[0].params)), np.float32))
        begun = time.perf_counter()
        with jax.enable_x64(dtype == np.float64):
            data = jax.tree.map(jax.numpy.asarray, self.train.sample)
            held_out = None if self.held_out is None else self.held_out.sample
            shared = SharedSetup(data, held_out, self.epochs, self.batch_size, self.shuffle, self.early_stopping, dtype)
            groups = self._groups(setups, shared)
            reason = _train_epochs([group for _, group in groups], self.epochs)
        seconds = time.perf_counter() - begun
        results: dict[int, Member] = {}
        for places, group in groups:
            for k, i in enumerate(places):
                params, state, history = group.result(k)
                stopped, best = group.stopped[k] or reason, group.best_epoch[k]
                model = group.recipe.model
                trained = Trained(model, self.loss, params, state, history, "jax", stopped, best, seconds)
                results[i] = Member(members[i][0], trained)
        return [results[i] for i in range(len(members))]

    def _setups(self, members: list[MemberSettings]) -> list[MemberSetup]:
        from pellucid.train.population.group import MemberSetup

        classify = is_classification(self.loss, self.train.sample.target)
        return [
            MemberSetup(
                Recipe(s.model, self.loss, s.optimizer, s.penalty, s.clip, s.constraint, classify), *weights, s.seed
            )
            for s, weights in zip(members, self._first_weights(members), strict=True)
        ]

    def _first_weights(self, members: list[MemberSettings]) -> Iterator[tuple[Params, State]]:
        """What each member begins with. Every model is tried on the data once, every seed drawn from once."""
        for model in dict.fromkeys(s.model for s in members):
            initialize(model, self.loss, self.train, self.held_out, self.batch_size, self.shuffle, 0, None)
        drawn: dict[Any, tuple[Params, State]] = {}
        for s in members:
            place = (s.model, s.seed, id(s.start))
            if place not in drawn:
                drawn[place] = draw_weights(s.model, self.train.sample, s.seed, s.start, OWNER)
            yield drawn[place]

    def _groups(self, setups: list[MemberSetup], shared: SharedSetup) -> list[tuple[list[int], Group]]:
        """The groups, each of members with equal recipes, as many as work within ``CACHE``, and who they are."""
        from pellucid.train.population.group import Group

        by_recipe: dict[Recipe, list[int]] = {}
        for i, setup in enumerate(setups):
            by_recipe.setdefault(setup.recipe, []).append(i)
        groups = []
        for equal in by_recipe.values():
            first = setups[equal[0]]
            work = Work.of(first.recipe.model, first.params, first.state, self.train.sample.x)
            weights = sum(leaf.nbytes for leaf in trees.leaves(first.params))
            touched = 2 * self.batch_size * work.bytes + 3 * weights + 1  # outputs, weights, and their gradients
            size = max(1, min(MOST, CACHE // touched))
            for places in np.array_split(equal, -(-len(equal) // size)):
                members = [setups[i] for i in places]
                groups.append((places.tolist(), Group(members, shared, self.batch_size * work.multiplications)))
        return groups


def _train_epochs(groups: list[Group], epochs: int) -> str:
    """All epochs of all groups, which run side by side. Returns why those ended that would have gone on."""
    try:
        with Interrupt() as interrupt:
            for group in groups:
                group.draw(0)
            for epoch in range(epochs):
                running = [group for group in groups if any(group.active)]
                for group in running:
                    group.start(epoch)
                interrupt.check()
                for group in running if epoch + 1 < epochs else ():
                    group.draw(epoch + 1)
                for group in running:
                    group.finish(epoch)
    except KeyboardInterrupt:
        return "interrupted"
    return "all epochs done"
