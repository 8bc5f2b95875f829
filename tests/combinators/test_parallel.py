from __future__ import annotations

import numpy as np
import pytest

from pellucid import ops
from pellucid.combinators import Chain, Parallel, record
from pellucid.errors import ConfigError, ShapeError
from pellucid.layers import Dense, Identity


def test_by_hand():
    """``y_a = 3 x_a`` and ``y_b = x_b``: with dy = 10 and 7, ``dw = 10 * 5``, ``dx_a = 30``, ``dx_b = 7``."""
    model = Parallel(a=Dense(1, use_bias=False), b=Identity())
    params, state = {"a": {"W": np.array([[3.0]])}, "b": {}}, {"a": {}, "b": {}}
    y, cache, _ = model.forward(params, state, {"b": np.array([[2.0]]), "a": np.array([[5.0]])})
    assert y == {"a": 15.0, "b": 2.0}
    dparams, dx = model.backward(params, cache, {"a": np.array([[10.0]]), "b": np.array([[7.0]])})
    assert dparams["a"]["W"] == 50.0
    assert dx == {"a": 30.0, "b": 7.0}


def test_every_layer_is_recorded():
    model, x = Parallel(a=Chain(Dense(2)), b=Identity()), {"a": np.ones((3, 2)), "b": np.zeros((3, 1))}
    params, state = model.init(ops.key(0), x)
    seen = record(model, params, state, x, lambda y: y)
    assert list(seen) == ["a/dense_1", "b"]
    assert seen["b"]["dy"].shape == (3, 1)


@pytest.mark.parametrize(
    ("x", "why"),
    [
        ({"a": np.ones((1, 1))}, "x as a dict with a, b, not with a$"),
        ({"a": np.ones((1, 1)), "b": np.ones((1, 1)), "c": np.ones((1, 1))}, "not with a, b, c"),
        (np.ones((1, 2)), r"needs x as a dict with a, b, not x of shape \(1, 2\)"),
        ((np.ones((1, 2)),), r"not x of shape \(\(1, 2\),\)"),
    ],
)
def test_names_must_fit(x, why):
    model = Parallel(a=Identity(), b=Identity())
    with pytest.raises(ShapeError, match=why):
        model.init(ops.key(0), x)
    with pytest.raises(ShapeError, match=why):
        model.forward({"a": {}, "b": {}}, {"a": {}, "b": {}}, x)


def test_without_a_layer_there_is_no_output():
    with pytest.raises(ConfigError, match="no branches"):
        Parallel().init(ops.key(0), {})
