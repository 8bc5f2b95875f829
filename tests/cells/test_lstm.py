from __future__ import annotations

import math

import numpy as np
import pytest

from pellucid import ops
from pellucid.cells import LSTM
from pellucid.errors import ConfigError
from pellucid.initializers import Constant
from steps import backward_step, forward_step


def test_a_step_by_hand():
    """``sigmoid(ln 3) = 0.75``, ``tanh(ln 2) = 0.6``; c is such that ``c' = 0.5 c + 0.75 * 0.6 = ln 2``."""
    c = 2.0 * (math.log(2.0) - 0.45)
    a = np.array([math.log(3.0), 0.0, math.log(2.0), -math.log(3.0)])
    params = {"W": np.ones((1, 4)), "U": np.array([[1.0, -1.0, 2.0, 0.0]])}
    params["b"] = a - 2.0 * params["W"][0] - 3.0 * params["U"][0]
    before = {"h": np.array([[3.0]]), "c": np.array([[c]])}
    carry, y, cache = forward_step(LSTM(1), params, before, np.array([[2.0]]))
    gates = {name: cache[name].item() for name in ("i", "f", "g", "o", "c")}
    assert gates == pytest.approx({"i": 0.75, "f": 0.5, "g": 0.6, "o": 0.25, "c": math.log(2.0)})
    assert (y.item(), carry["h"].item(), carry["c"].item()) == pytest.approx((0.15, 0.15, math.log(2.0)))

    nothing = {"h": np.zeros((1, 1)), "c": np.zeros((1, 1))}
    dparams, dcarry, dx = backward_step(LSTM(1), params, cache, np.array([[2.0]]), nothing, np.array([[1.0]]))
    da = np.array([0.16 * 0.6 * 0.75 * 0.25, 0.16 * c * 0.25, 0.16 * 0.75 * 0.64, 0.6 * 0.25 * 0.75])
    np.testing.assert_allclose(dparams["b"], da)
    np.testing.assert_allclose(dparams["W"], 2.0 * da[None])
    np.testing.assert_allclose(dparams["U"], 3.0 * da[None])
    assert dx.item() == pytest.approx(da.sum())
    assert dcarry["h"].item() == pytest.approx(da[0] - da[1] + 2.0 * da[2])
    assert dcarry["c"].item() == pytest.approx(0.08)


def test_a_full_forget_gate_keeps_memory_and_gradient():
    params = {"W": np.zeros((1, 4)), "U": np.zeros((1, 4)), "b": np.array([-40.0, 40.0, 0.0, 0.0])}
    carry = {"h": np.zeros((1, 1)), "c": np.array([[0.7]])}
    caches = []
    for _ in range(50):
        carry, _, cache = forward_step(LSTM(1), params, carry, np.ones((1, 1)))
        caches.append(cache)
    assert carry["c"].item() == pytest.approx(0.7)
    dcarry = {"h": np.zeros((1, 1)), "c": np.ones((1, 1))}
    for cache in reversed(caches):
        _, dcarry, _ = backward_step(LSTM(1), params, cache, np.ones((1, 1)), dcarry, np.zeros((1, 1)))
    assert dcarry["c"].item() == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("cell", "bias"),
    [
        (LSTM(2), [0, 0, 1, 1, 0, 0, 0, 0]),
        (LSTM(2, bias=Constant(0.5), forget_bias=2.0), [0.5] * 2 + [2.5] * 2 + [0.5] * 4),
    ],
)
def test_only_the_forget_gate_starts_open(cell, bias):
    params = cell.init(ops.key(0), np.zeros((1, 3), np.float32))
    assert params["b"].dtype == np.float32
    assert params["b"].tolist() == bias


def test_first_weights_are_drawn_gate_by_gate():
    params = LSTM(3).init(ops.key(0), np.zeros((1, 5)))
    assert params["W"].shape == (5, 12)
    blocks = np.split(params["U"], 4, axis=1)
    for block in blocks:
        np.testing.assert_allclose(block @ block.T, np.eye(3), atol=1e-14)
    assert abs(blocks[0] - blocks[1]).max() > 0.1


def test_a_forget_bias_is_a_number():
    with pytest.raises(ConfigError, match="forget_bias must be a finite number"):
        LSTM(3, forget_bias=float("nan"))
