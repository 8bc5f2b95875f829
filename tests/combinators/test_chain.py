from __future__ import annotations

import numpy as np
import pytest

from pellucid import ops
from pellucid.combinators import Chain
from pellucid.layers import Dense, Identity, Sigmoid


def test_by_hand():
    """``y = 2 (3 x + 1)``: with dy = 1, ``dw2 = 3 x + 1``, ``dw1 = 2 x``, ``db1 = 2``, ``dx = 6``."""
    model = Chain(Dense(1), Dense(1, use_bias=False))
    params = {
        "dense_1": {"W": np.array([[3.0]]), "b": np.array([1.0])},
        "dense_2": {"W": np.array([[2.0]])},
    }
    y, cache, state = model.forward(params, {"dense_1": {}, "dense_2": {}}, np.array([[5.0]]))
    assert y == 32.0
    assert state == {"dense_1": {}, "dense_2": {}}
    assert cache["dense_2"]["x"] == 16.0
    dparams, dx = model.backward(params, cache, np.array([[1.0]]))
    assert dparams["dense_1"] == {"W": 10.0, "b": 2.0}
    assert dparams["dense_2"] == {"W": 16.0}
    assert dx == 6.0
    assert list(dparams) == ["dense_1", "dense_2"]


def test_an_empty_chain_is_the_identity():
    x = np.arange(6.0).reshape(2, 3)
    params, state = Chain().init(ops.key(0), x)
    assert (params, state) == ({}, {})
    y, cache, _ = Chain().forward(params, state, x)
    assert y is x
    assert Chain().backward(params, cache, x) == ({}, x)
    assert repr(Chain()) == "Chain()"


def test_nesting_changes_the_names_and_nothing_else():
    flat, nested = Chain(Dense(3), Sigmoid(), Dense(2)), Chain(a=Chain(Dense(3), Sigmoid()), b=Chain(Chain(Dense(2))))
    x = np.random.default_rng(0).normal(size=(5, 4))
    params, state = flat.init(ops.key(0), x)
    inside = {"a": {"dense_1": params["dense_1"], "sigmoid_1": {}}, "b": {"chain_1": {"dense_1": params["dense_2"]}}}
    _, nested_state = nested.init(ops.key(0), x)
    y, cache, _ = flat.forward(params, state, x)
    nested_y, nested_cache, _ = nested.forward(inside, nested_state, x)
    assert np.array_equal(y, nested_y)
    dparams, dx = flat.backward(params, cache, y)
    nested_dparams, nested_dx = nested.backward(inside, nested_cache, y)
    assert np.array_equal(dx, nested_dx)
    assert np.array_equal(dparams["dense_2"]["W"], nested_dparams["b"]["chain_1"]["dense_1"]["W"])


@pytest.mark.parametrize("train", [True, False])
def test_every_child_gets_its_own_key_and_the_mode(train):
    seen = []

    class Sees(Identity):
        def forward(self, params, state, x, key=None, train=False):
            seen.append((None if key is None else tuple(key), train))
            return super().forward(params, state, x, key, train)

    model, state = Chain(Sees(), Chain(Sees(), Sees())), {"sees_1": {}, "chain_1": {"sees_1": {}, "sees_2": {}}}
    model.forward(state, state, np.zeros((1, 1)), ops.key(0), train)
    assert len({key for key, _ in seen}) == 3
    assert {mode for _, mode in seen} == {train}
    seen.clear()
    model.forward(state, state, np.zeros((1, 1)), None, train)
    assert seen == [(None, train)] * 3


def test_state_goes_through_by_name():
    class Counts(Identity):
        def init(self, key, x):
            return {}, {"steps": np.zeros(())}

        def forward(self, params, state, x, key=None, train=False):
            return x, {}, {"steps": state["steps"] + 1.0}

    model, x = Chain(Identity(), Chain(Counts())), np.zeros((2, 2))
    params, state = model.init(ops.key(0), x)
    _, _, after = model.forward(params, state, x)
    assert state["chain_1"]["counts_1"]["steps"] == 0.0
    assert after["chain_1"]["counts_1"]["steps"] == 1.0
