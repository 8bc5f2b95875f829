import math

import numpy as np
import pytest

from pellucid import ops
from pellucid.errors import ConfigError, ShapeError
from pellucid.initializers import Constant, Zeros
from pellucid.layers import LearnedPositions, SinusoidalPositions

X = np.random.default_rng(0).normal(size=(2, 3, 4))


@pytest.mark.parametrize("features", [1, 4, 5])
def test_waves_number_by_number(features):
    """Section 3.5: PE(pos, 2i) = sin(pos / 10000^(2i / d)), PE(pos, 2i + 1) = cos(pos / 10000^(2i / d))."""
    layer, x = SinusoidalPositions(), np.zeros((1, 30, features))
    y, cache, _ = layer.forward(*layer.init(ops.key(0), x), x)
    for pos in range(30):
        for column in range(features):
            angle = pos / 10000 ** (2 * (column // 2) / features)
            wanted = math.cos(angle) if column % 2 else math.sin(angle)
            assert y[0, pos, column] == pytest.approx(wanted, abs=1e-14)
    np.testing.assert_array_equal(cache["positions"], y[0])


def test_a_shift_of_places_is_a_turn_of_each_pair():
    """ "For any fixed offset k, PE(pos + k) can be represented as a linear function of PE(pos)"."""
    y = SinusoidalPositions().forward({}, {}, np.zeros((1, 50, 6)))[0][0]
    turn, *_ = np.linalg.lstsq(y[:-7], y[7:], rcond=None)
    np.testing.assert_allclose(y[:-7] @ turn, y[7:], atol=1e-9)


def test_waves_are_added_and_gradients_pass():
    layer = SinusoidalPositions()
    y, cache, state = layer.forward({}, {}, X)
    np.testing.assert_allclose(y[:, 0] - X[:, 0], [[0.0, 1.0, 0.0, 1.0]] * 2, atol=1e-15)
    assert layer.backward({}, cache, X) == ({}, X)
    assert state == {}


def test_learned_positions_by_hand():
    layer, params = LearnedPositions(3), {"W": np.array([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]])}
    y, cache, state = layer.forward(params, {}, np.array([[[10.0, 10.0], [20.0, 20.0]], [[0.0, 0.0], [0.0, 0.0]]]))
    assert y.tolist() == [[[11.0, 12.0], [23.0, 24.0]], [[1.0, 2.0], [3.0, 4.0]]]
    dy = np.array([[[1.0, 2.0], [3.0, 4.0]], [[10.0, 20.0], [30.0, 40.0]]])
    dparams, dx = layer.backward(params, cache, dy)
    assert dparams["W"].tolist() == [[11.0, 22.0], [33.0, 44.0], [0.0, 0.0]]
    assert dx is dy
    assert state == {}


def test_first_places_are_normal_unless_said_otherwise():
    params, _ = LearnedPositions(300).init(ops.key(0), np.zeros((1, 2, 50)))
    assert params["W"].shape == (300, 50)
    assert params["W"].std() == pytest.approx(1.0, abs=0.03)
    assert (LearnedPositions(2, weight=Constant(3.0)).init(ops.key(0), X[:, :2])[0]["W"] == 3.0).all()


def test_what_does_not_fit_is_refused():
    with pytest.raises(ConfigError, match="LearnedPositions: length must be a whole number of at least 1"):
        LearnedPositions(0)
    with pytest.raises(ConfigError, match=r"weight must be an Initializer; write Zeros\(...\)"):
        LearnedPositions(2, weight=Zeros)
    for layer in (LearnedPositions(5), SinusoidalPositions()):
        with pytest.raises(ShapeError, match=r"needs x of shape \(batch, time, features\), not \(2, 3\)"):
            layer.init(ops.key(0), X[..., 0])
        with pytest.raises(ShapeError, match="at least one time step"):
            layer.init(ops.key(0), X[:, :0])
    with pytest.raises(ShapeError, match=r"has weights for 2 places, but x of shape \(2, 3, 4\) has 3 steps"):
        LearnedPositions(2).init(ops.key(0), X)
    params, _ = LearnedPositions(2).init(ops.key(0), X[:, :2])
    with pytest.raises(ShapeError, match="has weights for 2 places"):
        LearnedPositions(2).forward(params, {}, X)
    with pytest.raises(ShapeError, match="has weights for 4 features"):
        LearnedPositions(2).forward(params, {}, X[:, :2, :3])
