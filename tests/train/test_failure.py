"""What first stopped being finite is named: in the order in which a step computes it."""

from __future__ import annotations

import numpy as np
import pytest

from pellucid import Chain, Dense, GradientDescent, HalfSquaredError, Tanh, ops
from pellucid.train.batch import Batch, Weights
from pellucid.train.engines import Plan
from pellucid.train.failure import Failure, find_failure
from pellucid.train.recipe import Recipe
from pellucid.trees import replace_leaves

MODEL = Chain(Dense(3), Tanh(), Dense(1))
X, Y = np.ones((4, 2)), np.ones((4, 1))


def failure(changed=None, x=X, y=Y, rate=0.1):
    recipe = Recipe(MODEL, HalfSquaredError(), GradientDescent(rate))
    params, state = MODEL.init(ops.key(0), X)
    params = replace_leaves(params, changed or {})
    weights = Weights(params, state, recipe.optimizer.init(params))
    plan = Plan(np.arange(4, dtype=np.int32), 4, np.array([rate]), 1, None)
    return find_failure(recipe, recipe.numbers(params), weights, Batch(x, y), plan, 0)


def test_a_finite_step_has_none():
    assert failure() is None


@pytest.mark.parametrize(
    ("given", "quantity", "value"),
    [
        ({"changed": {"dense_1/b": np.array([0.0, np.nan, 0.0])}}, "the weight dense_1/b", "NaN"),
        ({"x": np.full((4, 2), np.inf)}, "the output of layer dense_1", ""),
        ({"changed": {"dense_1/W": np.full((2, 3), 1e308)}}, "the output of layer dense_1", "infinite"),
        ({"y": np.full((4, 1), 1e200)}, "the loss", "infinite"),
        ({"rate": 1e308, "y": np.full((4, 1), 1e3)}, "the updated weight", "infinite"),
    ],
)
def test_the_first_quantity_is_named(given, quantity, value):
    found = failure(**given)
    assert isinstance(found, Failure)
    assert found.step == 0
    assert found.quantity.startswith(quantity)
    assert found.value.startswith(value)
