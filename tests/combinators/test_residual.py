from __future__ import annotations

import numpy as np
import pytest

from pellucid import ops
from pellucid.combinators import Residual
from pellucid.errors import ShapeError
from pellucid.layers import Dense


def test_by_hand():
    """``y = x + 3 x``: with dy = 1, ``dw = x`` and ``dx = 1 + 3``."""
    model, params = Residual(Dense(1, use_bias=False)), {"dense_1": {"W": np.array([[3.0]])}}
    y, cache, _ = model.forward(params, {"dense_1": {}}, np.array([[5.0]]))
    assert y == 20.0
    dparams, dx = model.backward(params, cache, np.array([[1.0]]))
    assert dparams["dense_1"]["W"] == 5.0
    assert dx == 4.0


def test_nothing_around_nothing_doubles():
    x = np.arange(4.0)[None]
    y, cache, _ = Residual().forward({}, {}, x)
    assert np.array_equal(y, 2.0 * x)
    assert np.array_equal(Residual().backward({}, cache, x)[1], 2.0 * x)


def test_shapes_must_be_alike():
    model = Residual(Dense(3))
    params, state = model.init(ops.key(0), np.zeros((5, 4)))
    with pytest.raises(ShapeError, match=r"Residual\(Dense\(3\)\) adds its input of shape \(5, 4\) .* \(5, 3\)"):
        model.forward(params, state, np.zeros((5, 4)))
