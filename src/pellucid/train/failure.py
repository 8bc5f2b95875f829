"""Where a number first stopped being finite: one step gone through again, in order, on NumPy."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from pellucid import trees
from pellucid.combinators import record
from pellucid.train.batch import Batch, Weights
from pellucid.train.engines.eager import step_inputs
from pellucid.train.engines.plan import Plan
from pellucid.train.feed.order import take
from pellucid.train.recipe import Recipe
from pellucid.train.step import step
from pellucid.types import Tree

CURE = "lower the learning rate, clip the gradient, or scale the inputs"


@dataclass(frozen=True)
class Failure:
    """The first quantity that was not finite, in which step of the epoch."""

    step: int
    quantity: str
    value: str


def first_bad_step(weights: Weights, losses: Any) -> int | None:
    """The first of some steps whose loss is not finite; the last where it is only the weights after it that are not;
    None where all are finite.
    """
    bad = np.flatnonzero(~np.isfinite(losses))
    if len(bad):
        return int(bad[0])
    finite = all(bool(np.isfinite(np.asarray(leaf)).all()) for leaf in trees.leaves(weights.params))
    return None if finite else len(losses) - 1


class FailingStep(NamedTuple):
    """The step of a plan in which a number stopped being finite, and what the plan began with."""

    recipe: Recipe
    numbers: Tree
    weights: Weights
    data: Batch
    plan: Plan
    step: int

    def describe(self, repeat: Callable[[int], tuple[Weights, Any]], epoch: int) -> str:
        """Which step, which quantity, what to do. To ``repeat`` goes through so many steps of the plan again."""
        failure = self._find(repeat)
        where = f"step {self.plan.first + failure.step} (epoch {epoch})"
        return f"{where}: {failure.quantity} is {failure.value}; {CURE}"

    def _find(self, repeat: Callable[[int], tuple[Weights, Any]]) -> Failure:
        for i in (max(self.step - 1, 0), self.step):
            weights = repeat(i)[0] if i else self.weights
            failure = find_failure(self.recipe, self.numbers, weights, self.data, self.plan, i)
            if failure is not None:
                return failure
        return Failure(self.step, "the loss", "not finite")


def find_failure(recipe: Recipe, numbers: Tree, weights: Weights, data: Batch, plan: Plan, i: int) -> Failure | None:
    """The first non-finite quantity of the epoch's step ``i``, begun from ``weights``; None if all are finite."""
    weights = trees.tree_map(np.asarray, weights)
    batch = take(data, plan.order[i * plan.batch_size : (i + 1) * plan.batch_size])
    with np.errstate(all="ignore"):
        for quantity, tree in _quantities(recipe, numbers, weights, batch, plan, i):
            for path, leaf in trees.items(tree):
                bad = np.asarray(leaf)[~np.isfinite(leaf)]
                if bad.size:
                    return Failure(i, quantity.format(path), "NaN" if np.isnan(bad).any() else "infinite")
    return None


def _quantities(
    recipe: Recipe, numbers: Tree, weights: Weights, batch: Batch, plan: Plan, i: int
) -> Iterator[tuple[str, Tree]]:
    """Every quantity of the step in the order in which it comes about, with its name (a path goes into it)."""
    inputs = step_inputs(plan, i)
    yield "the weight {}", weights.params
    mixture, loss = recipe.prepare(numbers, batch, inputs)
    target = mixture.target
    taps = record(
        recipe.model,
        weights.params,
        weights.state,
        mixture.x,
        lambda y: loss.gradient(y, target),
        key=inputs.key,
        train=True,
    )
    for path, tap in taps.items():
        yield f"the output of layer {path}", {"": tap["y"]}
    y, _, _ = recipe.model.forward(weights.params, weights.state, mixture.x, inputs.key, train=True)
    yield "the loss", {"": loss.value(y, target)}
    for path, tap in reversed(taps.items()):
        yield f"the gradient by the output of layer {path}", {"": tap["dy"]}
        yield f"the gradient by {path}/{{}}", tap["dparams"]
    after, _ = step(recipe, numbers, weights, batch, inputs)
    yield "the updated weight {}", after.params
