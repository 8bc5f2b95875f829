"""The same layers at every step: the steps are a batch to them."""

from __future__ import annotations

import numpy as np
import pytest

from pellucid import BatchNorm, Dense, Flatten, ShapeError, ops
from pellucid.combinators import TimeDistributed
from pellucid.masked import Masked


def test_by_hand():
    layer, x = TimeDistributed(Dense(1)), np.arange(4.0).reshape(1, 2, 2)
    params = {"dense_1": {"W": np.array([[1.0], [10.0]]), "b": np.array([0.5])}}
    y, cache, _ = layer.forward(params, {"dense_1": {}}, x)
    np.testing.assert_array_equal(y, [[[10.5], [32.5]]])
    dparams, dx = layer.backward(params, cache, np.array([[[1.0], [2.0]]]))
    np.testing.assert_array_equal(dparams["dense_1"]["W"], [[0 + 4], [1 + 6]])
    np.testing.assert_array_equal(dparams["dense_1"]["b"], [3])
    np.testing.assert_array_equal(dx, [[[1, 10], [2, 20]]])


def test_layers_inside_see_the_shape_of_one_step():
    layer, x = TimeDistributed(Flatten(), Dense(3)), np.zeros((2, 5, 4, 6))
    params, state = layer.init(ops.key(0), x)
    assert params["dense_1"]["W"].shape == (24, 3)
    assert layer.forward(params, state, x)[0].shape == (2, 5, 3)


def test_a_mean_over_the_batch_is_one_over_steps_and_examples():
    layer, x = TimeDistributed(BatchNorm()), np.random.default_rng(0).normal(size=(4, 3, 2)) + 7
    params, state = layer.init(ops.key(0), x)
    y, _, _ = layer.forward(params, state, x, train=True)
    np.testing.assert_allclose(y.mean(axis=(0, 1)), 0, atol=1e-12)


def test_a_mask_goes_through_as_it_is():
    layer, mask = TimeDistributed(Dense(1)), np.array([[1.0, 0.0]])
    x = Masked(np.ones((1, 2, 3)), mask)
    params, state = layer.init(ops.key(0), x)
    y, cache, _ = layer.forward(params, state, x)
    assert y.mask is mask
    _, dx = layer.backward(params, cache, Masked(np.ones((1, 2, 1)), mask))
    assert dx.values.shape == (1, 2, 3)


def test_without_an_axis_of_time_it_is_refused():
    with pytest.raises(ShapeError, match=r"needs x of shape \(batch, time, \.\.\.\), not \(3, 4\)"):
        TimeDistributed(Dense(2)).init(ops.key(0), np.zeros((3, 4)))
