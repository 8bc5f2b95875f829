from __future__ import annotations

import numpy as np
import pytest

from pellucid import ops
from pellucid.combinators import Fork
from pellucid.errors import ConfigError, ShapeError
from pellucid.layers import Dense, Dropout, Identity


def test_by_hand():
    """``y_mean = 3 x`` and ``y_same = x``: with dy = 1 and 10, ``dw = x`` and ``dx = 3 + 10``."""
    model = Fork(mean=Dense(1, use_bias=False), same=Identity())
    params, state = {"mean": {"W": np.array([[3.0]])}, "same": {}}, {"mean": {}, "same": {}}
    y, cache, _ = model.forward(params, state, np.array([[5.0]]))
    assert y == {"mean": 15.0, "same": 5.0}
    dparams, dx = model.backward(params, cache, {"mean": np.array([[1.0]]), "same": np.array([[10.0]])})
    assert dparams["mean"]["W"] == 5.0
    assert dx == 13.0


def test_branches_draw_apart():
    y, _, _ = Fork(Dropout(0.5), Dropout(0.5)).forward(
        state := {"dropout_1": {}, "dropout_2": {}}, state, np.ones((4, 50)), ops.key(0), True
    )
    assert (y["dropout_1"] != y["dropout_2"]).any()


def test_without_a_branch_there_is_no_output():
    with pytest.raises(ConfigError, match=r"Fork\(\) has no branches"):
        Fork().init(ops.key(0), np.zeros((1, 1)))


def test_an_error_has_the_path_of_its_branch():
    with pytest.raises(ShapeError) as caught:
        Fork(a=Identity(), b=Dense(2)).init(ops.key(0), np.zeros(3))
    assert caught.value.__notes__ == ["in b: Dense(2) got x of shape (3,)"]
