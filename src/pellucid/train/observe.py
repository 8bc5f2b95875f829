"""What the probes say of a step: the same forward and backward once more, with a tap at every layer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pellucid.combinators import add_taps, remove_taps, taps
from pellucid.train.batch import Batch, StepInputs, Weights
from pellucid.train.precision import cast_like
from pellucid.train.probes import Probe, WatchedStep, measure
from pellucid.train.recipe import Recipe
from pellucid.train.step import forward_backward, sums
from pellucid.types import Array


def observe(
    recipe: Recipe,
    probes: Sequence[Probe],
    numbers: dict[str, Any],
    before: Weights,
    after: Weights,
    batch: Batch,
    inputs: StepInputs,
) -> dict[str, Array]:
    """The numbers of the probes, by name, of the step that led from ``before`` to ``after``. Pure, on both engines."""
    with_taps = any("taps" in probe.needs for probe in probes)
    model = add_taps(recipe.model) if with_taps else recipe.model
    grads, cache, _, outcome = forward_backward(recipe, model, numbers, before, batch, inputs)
    recorded = {}
    if with_taps:
        recorded, grads = taps(recipe.model, cache, grads), remove_taps(recipe.model, grads)
    grads = cast_like(grads, before.params, recipe.compute)
    return measure(probes, WatchedStep(recorded, grads, before.params, after.params, sums(recipe, outcome)["loss"]))
