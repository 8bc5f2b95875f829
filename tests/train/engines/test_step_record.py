"""What many steps saw, worked out at once, is to the bit what each of them sees."""

from __future__ import annotations

import numpy as np
import pytest

from pellucid import (
    Chain,
    Dense,
    Fork,
    GradientDescent,
    HalfSquaredError,
    LossSum,
    Masked,
    SequenceLoss,
    SigmoidCrossEntropy,
    SoftmaxCrossEntropy,
    Tanh,
    TimeDistributed,
    ops,
)
from pellucid.train.batch import Batch, Weights
from pellucid.train.engines import step_record
from pellucid.train.engines.eager import Eager, step_inputs
from pellucid.train.engines.plan import Plan
from pellucid.train.feed.order import batches
from pellucid.train.recipe import Recipe
from pellucid.train.step import step

RNG = np.random.default_rng(0)
EXAMPLES, BATCH = 53, 10  # the last batch is smaller
X = RNG.normal(size=(EXAMPLES, 2))
YES_OR_NO = (X[:, :1] > 0).astype(float)
MASKED = Masked(RNG.normal(size=(EXAMPLES, 4, 2)), (np.arange(4) <= RNG.integers(0, 4, (EXAMPLES, 1))).astype(float))
WEIGHT = RNG.uniform(size=EXAMPLES)
NETWORK, RULE = Chain(Dense(3), Tanh(), Dense(1)), GradientDescent(0.5)
CASES = {
    "numbers": (Recipe(NETWORK, HalfSquaredError(), RULE), Batch(X, YES_OR_NO)),
    "weighted": (Recipe(NETWORK, HalfSquaredError(), RULE), Batch(X, YES_OR_NO, WEIGHT)),
    "yes or no": (Recipe(NETWORK, SigmoidCrossEntropy(0.1), RULE, classify=True), Batch(X, YES_OR_NO)),
    "classes": (Recipe(Dense(20), SoftmaxCrossEntropy(), RULE, classify=True), Batch(X, RNG.integers(0, 20, EXAMPLES))),
    "mixed": (Recipe(Dense(1), SigmoidCrossEntropy(), RULE, classify=True, mixup=0.3), Batch(X, YES_OR_NO, WEIGHT)),
    "masked": (
        Recipe(TimeDistributed(Dense(3)), SequenceLoss(SoftmaxCrossEntropy()), RULE, classify=True),
        Batch(MASKED, RNG.integers(0, 3, (EXAMPLES, 4))),
    ),
    "several outputs": (
        Recipe(
            Fork(a=Dense(1), b=Dense(2)), LossSum(a=SigmoidCrossEntropy(), b=HalfSquaredError()), RULE, classify=True
        ),
        Batch(X, {"a": YES_OR_NO, "b": X}),
    ),
}


@pytest.mark.parametrize("many", [1, 25, 2**16], ids=["one", "a few", "all"])
@pytest.mark.parametrize("name", CASES)
def test_many_steps_at_once_record_what_each_sees(name, many, monkeypatch):
    monkeypatch.setattr(step_record, "MANY_NUMBERS", many)
    recipe, data = CASES[name]
    params, state = recipe.model.init(ops.key(0), data.x)
    begun = weights = Weights(params, state, {})
    key = ops.key(1) if recipe.is_random() else None
    plan = Plan(RNG.permutation(EXAMPLES).astype(np.int32), BATCH, np.full(6, 0.5), 1, key)
    numbers = recipe.numbers(params)
    _, record = Eager().run(recipe, numbers, begun, data, plan, 0, plan.steps)
    for i, batch in enumerate(batches(data, plan.order, BATCH, 0, plan.steps)):
        inputs = step_inputs(plan, i)
        weights, seen = step(recipe, numbers, weights, batch, inputs)
        assert {name: record[name][i] for name in record} == seen
