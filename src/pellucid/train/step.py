"""One step of training as a pure function: mixing, forward, loss, backward, penalty, clipping, update, constraint."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any, NamedTuple

from pellucid import ops
from pellucid.combinators import tapped, taps, untapped
from pellucid.layer import Layer, Loss
from pellucid.optim import Clipping, Optimizer
from pellucid.regularize import Constraint, Penalty, penalty_gradient
from pellucid.train.metrics import correct
from pellucid.train.mixup import mixed
from pellucid.train.precision import like, rounded, widened
from pellucid.train.probes.layer_statistics import layer_statistics
from pellucid.trees import count_examples, times_share, tree_map
from pellucid.types import Array, Cache, Key, Params, State, Tree

MIXING = 2**31
"""What the key of a step is folded with for mixup: layers fold in small numbers."""


class Weights(NamedTuple):
    """All that a step changes: the params, the layers' state, and what the optimizer remembers (its slots)."""

    params: Params
    state: State
    slots: Tree


class Batch(NamedTuple):
    """Inputs, targets and, where examples count differently, the weight of each."""

    x: Tree
    target: Tree
    weight: Array | None = None

    @property
    def examples(self) -> int:
        """How many there are."""
        return count_examples(self.x)


class Now(NamedTuple):
    """What differs from step to step besides the batch: its number from 1, learning rate, and key (or None)."""

    t: Any
    learning_rate: Any
    key: Key | None = None


@dataclass(frozen=True, eq=False)
class Recipe:
    """What is trained and how. ``classify`` says that accuracy means something: correct answers are counted.
    ``compute`` is what forward and backward compute in, where it is not the dtype of the weights. Every so many steps,
    ``watch_every``, a step says how every layer fares.

    Recipes are equal when one compiled step serves both: they may differ in numbers (rates, lambdas), which
    ``numbers`` hands to the step as arguments.
    """

    model: Layer
    loss: Loss
    optimizer: Optimizer
    penalty: Penalty | None = None
    clip: Clipping | None = None
    constraint: Constraint | None = None
    classify: bool = False
    mixup: float | None = None
    compute: str | None = None
    watch_every: int | None = None

    def is_random(self) -> bool:
        """Whether a step needs a key."""
        return self.mixup is not None or self.model.is_random()

    @property
    def sees(self) -> tuple[str, ...]:
        """What every step records."""
        return ("loss", "correct") if self.classify else ("loss",)

    def watches(self, t: int) -> bool:
        """Whether step ``t``, counted from 1, says how every layer fares."""
        return self.watch_every is not None and t % self.watch_every == 0

    def prepare(self, numbers: dict[str, Any], batch: Batch, now: Now) -> tuple[Batch, Loss]:
        """The batch to train on and the loss for it: with mixup mixtures, else as given."""
        if self.mixup is None:
            return batch, self.loss
        return mixed(batch, self.loss, ops.fold_in(now.key, MIXING), numbers["mixup"])

    def _kind(self) -> tuple[Hashable, ...]:
        """What decides the program: an ``update`` or ``apply`` of a class is the same for all its values."""
        return (
            self.model,
            self.loss,
            self.optimizer.update,
            self.clip and self.clip.apply,
            self.constraint and self.constraint.apply,
            self.penalty is not None,
            self.classify,
            self.mixup is not None,
            self.compute,
            self.watch_every,
        )

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Recipe) and self._kind() == other._kind()

    def __hash__(self) -> int:
        return hash(self._kind())

    def numbers(self, params: Params) -> dict[str, Any]:
        """Every number of the recipe that may change without compiling anew, as a tree for ``step``."""
        return {
            "optimizer": self.optimizer.numbers(),
            "clip": {} if self.clip is None else self.clip.numbers(),
            "constraint": {} if self.constraint is None else self.constraint.numbers(),
            "penalty": {} if self.penalty is None else self.penalty.strengths(params),
            "mixup": self.mixup,
        }


def step(
    recipe: Recipe, numbers: dict[str, Any], weights: Weights, batch: Batch, now: Now, watch: bool = False
) -> tuple[Weights, dict[str, Array]]:
    """Weights after the step, and what it saw: ``loss`` (without penalty) and, if asked, ``correct`` (a count);
    where it is to ``watch``, also how every layer fared: see ``layer_statistics``.
    """
    model = tapped(recipe.model) if watch else recipe.model
    grads, cache, state, seen = _there_and_back(recipe, model, numbers, weights, batch, now)
    inside = {}
    if watch:
        inside, grads = taps(recipe.model, cache, grads), untapped(recipe.model, grads)
    params, slots = _updated(recipe, numbers, weights, like(grads, weights.params), now)
    if watch:
        seen |= layer_statistics(inside, weights.params, params)
    return Weights(params, like(state, weights.state), slots), seen


def _there_and_back(
    recipe: Recipe, model: Layer, numbers: dict[str, Any], weights: Weights, batch: Batch, now: Now
) -> tuple[Params, Cache, State, dict[str, Array]]:
    """Forward, loss, backward: gradients, cache, the layers' state, and what was seen."""
    working, target = rounded(weights.params, recipe.compute), batch.target
    batch, loss = recipe.prepare(numbers, batch, now)
    outputs, cache, state = model.forward(working, weights.state, batch.x, now.key, train=True)
    y = widened(outputs, recipe.compute)
    values = loss.value(y, batch.target)
    share = shares(batch, values)
    seen = {"loss": (share * values).sum()}
    if recipe.classify:
        seen["correct"] = correct(recipe.loss, y, target).sum()
    dy = times_share(loss.gradient(y, batch.target), share)
    grads, _ = model.backward(working, cache, like(dy, outputs))
    return grads, cache, state, seen


def _updated(recipe: Recipe, numbers: dict[str, Any], weights: Weights, grads: Params, now: Now) -> tuple[Params, Tree]:
    """Params and slots after penalty, clipping, update rule and constraint."""
    if recipe.penalty is not None:
        extra = penalty_gradient(weights.params, numbers["penalty"])
        grads = tree_map(lambda g, p: g + p, grads, extra)
    if recipe.clip is not None:
        grads = recipe.clip.apply(grads, numbers["clip"])
    params, slots = recipe.optimizer.update(
        weights.params, grads, weights.slots, now.learning_rate, now.t, numbers["optimizer"]
    )
    if recipe.constraint is not None:
        params = recipe.constraint.apply(params, numbers["constraint"])
    return params, slots


def shares(batch: Batch, like: Array) -> Array:
    """How much each example counts in the batch's mean: its weight over the sum of weights, or 1 / B. Shape (B,), in
    the dtype of ``like``, which has a number for each example.
    """
    if batch.weight is None:
        return ops.namespace(like).full(like.shape[0], 1.0 / like.shape[0], dtype=like.dtype)
    weight = batch.weight.astype(like.dtype)
    total = weight.sum()
    return weight / ops.namespace(like).where(total > 0, total, 1.0)  # a batch of zeros moves nothing
