from __future__ import annotations

import math

import numpy as np
import pytest

from pellucid import ops
from pellucid.cells import GRU
from pellucid.errors import UnknownNameError
from steps import backward_step, forward_step

X, H = 2.0, 0.4
U = np.array([[1.0, -1.0, 2.0]])
RESET = {
    "before": {"m": 0.75 * H * 2.0, "added": 0.75 * H * 2.0, "da_r": 0.48 * 2.0 * H * 0.1875, "dU_n": 0.75 * H * 0.48},
    "after": {
        "m": H * 2.0 + 0.1,
        "added": 0.75 * (H * 2.0 + 0.1),
        "da_r": 0.48 * 0.9 * 0.1875,
        "dU_n": H * 0.48 * 0.75,
    },
}


@pytest.mark.parametrize("reset", RESET)
def test_a_step_by_hand(reset):
    """``r = sigmoid(ln 3) = 0.75``, ``z = 0.25``, ``n = tanh(ln 2) = 0.6``: ``h' = 0.25 h + 0.75 * 0.6``."""
    cell, wanted = GRU(1, reset=reset), RESET[reset]
    b = np.array([math.log(3.0) - H, -math.log(3.0) + H, math.log(2.0) - wanted["added"]]) - X
    params = {"W": np.ones((1, 3)), "U": U, "b": b} | ({"c": np.array([0.1])} if reset == "after" else {})
    carry, y, cache = forward_step(cell, params, {"h": np.array([[H]])}, np.array([[X]]))
    gates = {name: cache[name].item() for name in ("r", "z", "n", "m")}
    assert gates == pytest.approx({"r": 0.75, "z": 0.25, "n": 0.6, "m": wanted["m"]})
    assert (y.item(), carry["h"].item()) == pytest.approx((0.55, 0.55))

    dparams, dcarry, dx = backward_step(
        cell, params, cache, np.array([[X]]), {"h": np.array([[0.25]])}, np.array([[0.75]])
    )
    da = np.array([wanted["da_r"], -0.2 * 0.1875, 0.75 * 0.64])
    np.testing.assert_allclose(dparams["b"], da)
    np.testing.assert_allclose(dparams["W"], X * da[None])
    np.testing.assert_allclose(dparams["U"], [[H * da[0], H * da[1], wanted["dU_n"]]])
    assert dcarry["h"].item() == pytest.approx(0.25 + da[0] - da[1] + 0.48 * 2.0 * 0.75)
    assert dx.item() == pytest.approx(da.sum())
    if reset == "after":
        assert dparams["c"].item() == pytest.approx(0.36)


def test_first_weights():
    before, after = (GRU(4, reset=reset).init(ops.key(0), np.zeros((1, 3), np.float32)) for reset in RESET)
    assert {name: leaf.shape for name, leaf in after.items()} == {"W": (3, 12), "U": (4, 12), "b": (12,), "c": (4,)}
    assert {leaf.dtype for leaf in after.values()} == {np.dtype(np.float32)}
    assert before.keys() == {"W", "U", "b"}


def test_a_reset_that_is_not_there():
    with pytest.raises(UnknownNameError, match="unknown reset 'aftr': did you mean after"):
        GRU(3, reset="aftr")
