from __future__ import annotations

import math

import numpy as np
import pytest

from pellucid import ops
from pellucid.cells import SimpleRNN
from pellucid.errors import ConfigError, ShapeError
from pellucid.initializers import Constant, Orthogonal
from steps import backward_step, forward_step


def test_a_step_by_hand():
    """``tanh(ln 2) = 0.6``, so with dh' = 0.5 and dy = 1, ``da = 1.5 (1 - 0.36) = 0.96``."""
    params = {"W": np.array([[1.0]]), "U": np.array([[-0.5]]), "b": np.array([math.log(2.0) - 2.0 + 1.5])}
    carry, y, cache = forward_step(SimpleRNN(1), params, {"h": np.array([[3.0]])}, np.array([[2.0]]))
    assert y.item() == pytest.approx(0.6)
    assert carry["h"].item() == pytest.approx(0.6)
    dparams, dcarry, dx = backward_step(
        SimpleRNN(1), params, cache, np.array([[2.0]]), {"h": np.array([[0.5]])}, np.array([[1.0]])
    )
    assert dparams["W"].item() == pytest.approx(1.92)
    assert dparams["U"].item() == pytest.approx(2.88)
    assert dparams["b"].item() == pytest.approx(0.96)
    assert dcarry["h"].item() == pytest.approx(-0.48)
    assert dx.item() == pytest.approx(0.96)


def test_first_weights_and_the_start():
    cell = SimpleRNN(4, bias=Constant(0.5))
    params = cell.init(ops.key(0), np.zeros((1, 3), np.float32))
    assert {name: leaf.shape for name, leaf in params.items()} == {"W": (3, 4), "U": (4, 4), "b": (4,)}
    assert {leaf.dtype for leaf in params.values()} == {np.dtype(np.float32)}
    np.testing.assert_allclose(params["U"] @ params["U"].T, np.eye(4), atol=1e-6)
    assert (params["b"] == 0.5).all()
    start = cell.start(params, 2, np.float32)
    assert start["h"].dtype == np.float32
    assert start["h"].tolist() == [[0.0] * 4] * 2


def test_what_does_not_fit_is_refused():
    with pytest.raises(ConfigError, match="units must be a whole number of at least 1, not 0"):
        SimpleRNN(0)
    with pytest.raises(ConfigError, match="recurrent must be an Initializer"):
        SimpleRNN(3, recurrent=Orthogonal)
    cell = SimpleRNN(2)
    params = cell.init(ops.key(0), np.zeros((1, 3)))
    with pytest.raises(ShapeError, match=r"SimpleRNN\(2\) has weights for 3 features, but a step of x has 5"):
        forward_step(cell, params, cell.start(params, 1, np.float64), np.zeros((1, 5)))
