"""One step of training as a pure function: mixing, forward, loss, backward, and the stages of the update."""

from __future__ import annotations

from typing import Any, NamedTuple

from pellucid.layer import Layer, Loss
from pellucid.train.batch import Batch, StepInputs, Weights, shares
from pellucid.train.metrics import correct
from pellucid.train.precision import cast_like, from_compute_dtype, to_compute_dtype
from pellucid.train.recipe import Recipe
from pellucid.train.stages import Update
from pellucid.trees import leaves, times_share
from pellucid.types import Array, Cache, Params, State, Tree


class Outcome(NamedTuple):
    """The outputs ``y`` of a step and what they are measured by: the loss and its target, the target as it was given,
    and how much each example counts (see ``shares``).
    """

    loss: Loss
    y: Tree
    target: Tree
    given: Tree
    share: Array


def by_example(recipe: Recipe, outcome: Outcome) -> dict[str, Array]:
    """What a step records, of each example alone, (B,): its part of the loss and, if asked, how right it is."""
    loss, y, target, given, share = outcome
    numbers = {"loss": loss.value(y, target) * share}
    return numbers | {"correct": correct(recipe.loss, y, given)} if recipe.classify else numbers


def sums(recipe: Recipe, outcome: Outcome) -> dict[str, Array]:
    """What a step records: ``loss`` (without penalty) and, if asked, ``correct`` (a count)."""
    return {name: numbers.sum() for name, numbers in by_example(recipe, outcome).items()}


def step(
    recipe: Recipe, numbers: dict[str, Any], weights: Weights, batch: Batch, inputs: StepInputs
) -> tuple[Weights, dict[str, Array]]:
    """Weights after the step, and what it saw: ``sums``."""
    after, outcome = step_with_outcome(recipe, numbers, weights, batch, inputs)
    return after, sums(recipe, outcome)


def step_with_outcome(
    recipe: Recipe, numbers: dict[str, Any], weights: Weights, batch: Batch, inputs: StepInputs
) -> tuple[Weights, Outcome]:
    """Weights after the step, and what it saw, not yet worked out."""
    grads, _, state, outcome = forward_backward(recipe, recipe.model, numbers, weights, batch, inputs)
    return apply_update(recipe, numbers, weights, grads, state, inputs), outcome


def forward_backward(
    recipe: Recipe, model: Layer, numbers: dict[str, Any], weights: Weights, batch: Batch, inputs: StepInputs
) -> tuple[Params, Cache, State, Outcome]:
    """Forward, loss, backward: gradients, cache, the layers' state, and the outcome."""
    working, given = to_compute_dtype(weights.params, recipe.compute), batch.target
    batch, loss = recipe.prepare(numbers, batch, inputs)
    outputs, cache, state = model.forward(working, weights.state, batch.x, inputs.key, train=True)
    y = from_compute_dtype(outputs, recipe.compute)
    share = shares(batch, next(leaves(y)))
    dy = times_share(loss.gradient(y, batch.target), share)
    grads, _ = model.backward(working, cache, cast_like(dy, outputs, recipe.compute))
    return grads, cache, state, Outcome(loss, y, batch.target, given, share)


def apply_update(
    recipe: Recipe, numbers: dict[str, Any], weights: Weights, gradients: Params, state: State, inputs: StepInputs
) -> Weights:
    """The weights after all stages of the update, with the layers' ``state`` after the step."""
    gradients = cast_like(gradients, weights.params, recipe.compute)
    update = Update(weights.params, gradients, weights.slots)
    for stage in recipe.stages:
        update = stage.apply(update, numbers[stage.name], inputs)
    return Weights(update.params, cast_like(state, weights.state, recipe.compute), update.slots)
