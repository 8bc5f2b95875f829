"""The eager engine: NumPy, a step at a time, every number in sight."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from pellucid import ops, trees
from pellucid.data import check_finite
from pellucid.layer import Layer
from pellucid.optim.one_vector import as_one_vector
from pellucid.train.batch import Batch, StepInputs, Weights
from pellucid.train.engines.plan import Engine, Plan
from pellucid.train.engines.step_record import StepRecord
from pellucid.train.feed.order import ROWS, batches, take
from pellucid.train.observe import observe
from pellucid.train.probes import Probe
from pellucid.train.recipe import Recipe
from pellucid.train.step import step_with_outcome
from pellucid.types import Params, State, Tree


class Eager(Engine):
    """Runs the step as it is written. Starts at once, and is fast enough wherever a step is small."""

    name = "numpy"

    def place(self, tree: Tree) -> Tree:
        return trees.tree_map(np.asarray, tree)

    def run(
        self,
        recipe: Recipe,
        numbers: Tree,
        weights: Weights,
        data: Batch,
        plan: Plan,
        start: int,
        stop: int,
        keep: bool = True,
    ) -> tuple[Weights, dict[str, np.ndarray[Any, Any]]]:
        record = StepRecord(recipe, stop - start)
        vector = as_one_vector(recipe.optimizer, weights.params)
        if vector is not None:
            recipe = replace(recipe, optimizer=vector)
            weights = weights._replace(slots=vector.join_slots(weights.slots))
        with np.errstate(all="ignore"):  # what overflows is found, and named, by the trainer
            for i, batch in enumerate(batches(data, plan.order, plan.batch_size, start, stop)):
                inputs = step_inputs(plan, start + i)
                weights, outcome = step_with_outcome(recipe, numbers, weights, batch, inputs)
                record.put_later(i, outcome)
            record.finish()
        if vector is not None:
            weights = weights._replace(slots=vector.split_slots(weights.slots))
        return weights, record.arrays

    def observe(
        self,
        recipe: Recipe,
        probes: tuple[Probe, ...],
        numbers: Tree,
        before: Weights,
        after: Weights,
        data: Batch,
        plan: Plan,
        i: int,
    ) -> dict[str, float]:
        batch = take(data, plan.order[i * plan.batch_size : (i + 1) * plan.batch_size])
        before, after = trees.tree_map(np.asarray, (before, after))
        with np.errstate(all="ignore"):
            found = observe(recipe, probes, numbers, before, after, batch, step_inputs(plan, i))
        return {name: float(number) for name, number in found.items()}

    def outputs(self, model: Layer, params: Params, state: State, x: Tree) -> Tree:
        check_finite(x)
        count = trees.count_examples(x)
        parts = (trees.tree_map(lambda a, i=i: a[i : i + ROWS], x) for i in range(0, count, ROWS))
        with np.errstate(all="ignore"):
            return trees.tree_map(lambda *ys: np.concatenate(ys), *(model.forward(params, state, x)[0] for x in parts))


def step_inputs(plan: Plan, i: int) -> StepInputs:
    """What differs in the epoch's step ``i``."""
    t = plan.first + i
    key = None if plan.key is None else ops.fold_in(plan.key, t)
    return StepInputs(t, float(plan.learning_rates[i]), key)
