from __future__ import annotations

import numpy as np
import pytest

from pellucid import ops
from pellucid.combinators import Chain, Concat
from pellucid.errors import ConfigError, ShapeError
from pellucid.layer import Layer
from pellucid.layers import Dense, Identity


def test_by_hand():
    """``y = [3 x, x]``: with dy = [1, 10], ``dw = x`` and ``dx = 3 + 10``."""
    model = Concat(Dense(1, use_bias=False), Identity())
    params, state = {"dense_1": {"W": np.array([[3.0]])}, "identity_1": {}}, {"dense_1": {}, "identity_1": {}}
    y, cache, _ = model.forward(params, state, np.array([[5.0]]))
    assert y.tolist() == [[15.0, 5.0]]
    assert cache["ys"]["identity_1"] == 5.0
    dparams, dx = model.backward(params, cache, np.array([[1.0, 10.0]]))
    assert dparams["dense_1"]["W"] == 5.0
    assert dx == 13.0


def test_branches_of_different_widths_and_a_time_axis():
    model, x = Concat(Dense(3), Dense(2), Identity()), np.random.default_rng(0).normal(size=(5, 6, 4))
    params, state = model.init(ops.key(0), x)
    y, _, _ = model.forward(params, state, x)
    assert y.shape == (5, 6, 9)
    assert np.array_equal(y[..., 5:], x)
    np.testing.assert_allclose(y[..., 3:5], x @ params["dense_2"]["W"])


def test_a_tree_of_inputs_goes_to_every_branch():
    class Add(Layer):
        """``y = x_0 + x_1``."""

        def forward(self, params, state, x, key=None, train=False):
            return x[0] + x[1], {}, state

        def backward(self, params, cache, dy):
            return {}, (dy, dy)

    model = Concat(Add(), Chain(Add()))
    a, b = np.ones((2, 3)), np.full((2, 3), 2.0)
    params, state = model.init(ops.key(0), (a, b))
    y, cache, _ = model.forward(params, state, (a, b))
    assert (y == 3.0).all()
    _, (da, db) = model.backward(params, cache, np.ones((2, 6)))
    assert (da == 2.0).all()
    assert (db == 2.0).all()


def test_without_a_branch_there_is_no_output():
    with pytest.raises(ConfigError, match="no branches"):
        Concat().init(ops.key(0), np.zeros((1, 1)))


def test_a_branch_does_not_take_the_name_of_the_outputs():
    with pytest.raises(ConfigError, match=r"Concat\(ys=Identity\(\)\) cannot name a branch 'ys'"):
        Concat(ys=Identity()).init(ops.key(0), np.zeros((1, 1)))


def test_outputs_must_fit_on_all_axes_but_the_last():
    class Last(Identity):
        """The last step of a sequence."""

        def forward(self, params, state, x, key=None, train=False):
            return x[:, -1], {}, state

    state = {"last_1": {}, "identity_1": {}}
    with pytest.raises(ShapeError, match=r"the others must agree, not \(2, 4\), \(2, 3, 4\)"):
        Concat(Last(), Identity()).forward(state, state, np.zeros((2, 3, 4)))
