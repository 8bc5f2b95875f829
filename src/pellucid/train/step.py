"""One step of training as a pure function: mixing, forward, loss, backward, and the stages of the update."""

from __future__ import annotations

from typing import Any

from pellucid.combinators import tapped, taps, untapped
from pellucid.layer import Layer
from pellucid.train.batch import Batch, StepInputs, Weights, shares
from pellucid.train.metrics import correct
from pellucid.train.precision import cast_like, from_compute_dtype, to_compute_dtype
from pellucid.train.probes import WatchedStep, measure
from pellucid.train.recipe import Recipe
from pellucid.train.stages import Update
from pellucid.trees import times_share
from pellucid.types import Array, Cache, Params, State, Tree


def step(
    recipe: Recipe, numbers: dict[str, Any], weights: Weights, batch: Batch, inputs: StepInputs, watch: bool = False
) -> tuple[Weights, dict[str, Array]]:
    """Weights after the step, and what it saw: ``loss`` (without penalty) and, if asked, ``correct`` (a count);
    where it is to ``watch``, also the numbers of the recipe's probes.
    """
    with_taps = watch and any("taps" in probe.needs for probe in recipe.probes)
    model = tapped(recipe.model) if with_taps else recipe.model
    grads, cache, state, seen = forward_backward(recipe, model, numbers, weights, batch, inputs)
    recorded = {}
    if with_taps:
        recorded, grads = taps(recipe.model, cache, grads), untapped(recipe.model, grads)
    grads = cast_like(grads, weights.params, recipe.compute)
    params, slots = apply_update(recipe, numbers, weights, grads, inputs)
    if watch:
        seen |= measure(recipe.probes, WatchedStep(recorded, grads, weights.params, params, seen["loss"]))
    return Weights(params, cast_like(state, weights.state, recipe.compute), slots), seen


def forward_backward(
    recipe: Recipe, model: Layer, numbers: dict[str, Any], weights: Weights, batch: Batch, inputs: StepInputs
) -> tuple[Params, Cache, State, dict[str, Array]]:
    """Forward, loss, backward: gradients, cache, the layers' state, and what was seen."""
    working, target = to_compute_dtype(weights.params, recipe.compute), batch.target
    batch, loss = recipe.prepare(numbers, batch, inputs)
    outputs, cache, state = model.forward(working, weights.state, batch.x, inputs.key, train=True)
    y = from_compute_dtype(outputs, recipe.compute)
    values = loss.value(y, batch.target)
    share = shares(batch, values)
    seen = {"loss": (values * share).sum()}
    if recipe.classify:
        seen["correct"] = correct(recipe.loss, y, target).sum()
    dy = times_share(loss.gradient(y, batch.target), share)
    grads, _ = model.backward(working, cache, cast_like(dy, outputs, recipe.compute))
    return grads, cache, state, seen


def apply_update(
    recipe: Recipe, numbers: dict[str, Any], weights: Weights, gradients: Params, inputs: StepInputs
) -> tuple[Params, Tree]:
    """Params and slots after all stages of the update."""
    update = Update(weights.params, gradients, weights.slots)
    for stage in recipe.stages:
        update = stage.apply(update, numbers[stage.name], inputs)
    return update.params, update.slots
