"""All weights in one vector or array by array: the same numbers to the bit."""

from __future__ import annotations

import numpy as np
import pytest

from pellucid import Adam, Chain, Dense, GradientDescent, HalfSquaredError, Lion, MaxNorm, RMSProp, Tanh, fit
from pellucid.optim import one_vector
from pellucid.optim.one_vector import FEW_NUMBERS, as_one_vector
from pellucid.trees import flatten

RNG = np.random.default_rng(0)


def tree(dtype):
    return {"a": {"W": RNG.normal(size=(3, 5)).astype(dtype), "b": RNG.normal(size=5).astype(dtype)}, "c": {}}


def assert_same(tree, other):
    assert flatten(tree).keys() == flatten(other).keys()
    for path, leaf in flatten(other).items():
        assert flatten(tree)[path].dtype == leaf.dtype
        np.testing.assert_array_equal(flatten(tree)[path], leaf)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("rule", [GradientDescent(0.01), Adam(0.01), RMSProp(0.01), Lion(0.01)], ids=repr)
def test_one_vector_moves_as_the_arrays_do(rule, dtype):
    params = tree(dtype)
    vector = as_one_vector(rule, params)
    slots, vectors = rule.init(params), vector.init(params)
    for t in (1, 2, 3):
        grads = tree(dtype)
        alone, slots = rule.update(params, grads, slots, 0.01, t, rule.numbers())
        params, vectors = vector.update(params, grads, vectors, 0.01, t, vector.numbers())
        assert_same(params, alone)
        assert_same(vector.split_slots(vectors), slots)
        assert_same(vector.join_slots(slots).slots, vectors.slots)


def test_arrays_keep_their_places_whatever_the_order_of_the_gradients():
    params = {"a": np.zeros(2), "b": np.zeros(3)}
    rule = as_one_vector(GradientDescent(), params)
    after, _ = rule.update(params, {"b": np.ones(3), "a": np.zeros(2)}, rule.init(params), 1.0, 1, {})
    assert {name: array.tolist() for name, array in after.items()} == {"a": [0, 0], "b": [-1, -1, -1]}
    assert list(after) == ["a", "b"]


@pytest.mark.parametrize("constraint", [None, MaxNorm(0.5)], ids=repr)
def test_training_gives_the_same_weights_and_losses(constraint, monkeypatch):
    model = Chain(Dense(3), Tanh(), Dense(1))
    x = RNG.normal(size=(23, 2))
    settings = {"optimizer": Adam(0.1), "constraint": constraint, "epochs": 3, "batch_size": 5, "engine": "numpy"}

    def train():
        return fit(model, HalfSquaredError(), (x, x[:, :1]), **settings)

    together = train()
    monkeypatch.setattr(one_vector, "FEW_NUMBERS", 0)
    alone = train()
    assert_same(together.params, alone.params)
    assert together.history.steps["loss"].tolist() == alone.history.steps["loss"].tolist()


class LargestMoves(GradientDescent):
    """It looks at whole arrays."""

    @classmethod
    def update(cls, params, grads, slots, learning_rate, t, numbers):
        return {name: w - learning_rate * (abs(w) == abs(w).max()) for name, w in params.items()}, slots


@pytest.mark.parametrize(
    ("rule", "params"),
    [
        (GradientDescent(), {"W": np.zeros((2, 2))}),
        (GradientDescent(), {"W": np.zeros(FEW_NUMBERS), "b": np.zeros(1)}),
        (GradientDescent(), {"W": np.zeros(2), "b": np.zeros(1, "float32")}),
        (LargestMoves(), {"W": np.zeros(2), "b": np.zeros(2)}),
    ],
    ids=["one array", "many numbers", "two dtypes", "an update of its own"],
)
def test_arrays_stay_apart_where_one_vector_gains_nothing_or_differs(rule, params):
    assert as_one_vector(rule, params) is None
