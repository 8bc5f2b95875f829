"""Leaves in one vector or one by one: the same numbers to the bit."""

from __future__ import annotations

import numpy as np
import pytest

from pellucid import Adam, Lion, RMSProp
from pellucid.optim import elementwise
from pellucid.trees import flatten

RNG = np.random.default_rng(0)


def tree(dtype):
    return {"a": {"W": RNG.normal(size=(3, 5)).astype(dtype), "b": RNG.normal(size=5).astype(dtype)}, "c": {}}


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("rule", [Adam(0.01), RMSProp(0.01), Lion(0.01)], ids=repr)
def test_small_networks_move_as_large_ones_do(rule, dtype, monkeypatch):
    params, grads = tree(dtype), tree(dtype)
    together = rule.update(params, grads, rule.init(params), 0.01, 1, rule.numbers())
    monkeypatch.setattr(elementwise, "FEW_ELEMENTS", 0)
    alone = rule.update(params, grads, rule.init(params), 0.01, 1, rule.numbers())
    assert flatten(together).keys() == flatten(alone).keys()
    for path, leaf in flatten(alone).items():
        assert leaf.dtype == dtype
        assert (flatten(together)[path] == leaf).all()
        assert flatten(together)[path].shape == leaf.shape


def test_weights_keep_their_dtype_whatever_the_gradients_have():
    params = {**tree("float32"), "d": np.zeros((2, 2), "float32")}
    grads = {**tree("float64"), "d": np.ones((2, 2))}
    after, slots = Adam().update(params, grads, Adam().init(params), 0.01, 1, Adam().numbers())
    assert {leaf.dtype.name for leaf in flatten((after, slots)).values()} == {"float32"}


def test_an_order_of_their_own_does_not_mix_leaves_up():
    params = {"a": np.zeros(2), "b": np.zeros(3)}
    (after,) = elementwise.map_elementwise(lambda w, g: (w - g,), 1, params, {"b": np.ones(3), "a": np.zeros(2)})
    assert list(after) == ["a", "b"]
    assert after["a"].tolist() == [0, 0]
    assert after["b"].tolist() == [-1, -1, -1]
