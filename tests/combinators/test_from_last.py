import numpy as np
import pytest

from pellucid import ops
from pellucid.combinators import FromLast
from pellucid.errors import ShapeError
from pellucid.layers import Dense, Flatten, Permute

WINDOW = np.array([[[1.0, 10.0], [3.0, 20.0], [7.0, 40.0]]])


def along_time(units):
    return Permute((2, 1)), Dense(units, use_bias=False), Permute((2, 1))


def test_by_hand():
    """Weights (w1, w2, w3) see (1 - 7, 3 - 7, 0): ``y = 7 - 6 w1 - 4 w2``, so dy/dx_3 = 1 - w1 - w2."""
    model, W = FromLast(*along_time(1)), np.array([[0.5], [0.25], [9.0]])
    params, state = (
        {"permute_1": {}, "dense_1": {"W": W}, "permute_2": {}},
        {"permute_1": {}, "dense_1": {}, "permute_2": {}},
    )
    y, cache, _ = model.forward(params, state, WINDOW)
    assert y.tolist() == [[[7.0 - 3.0 - 1.0, 40.0 - 15.0 - 5.0]]]
    dparams, dx = model.backward(params, cache, np.array([[[1.0, 0.0]]]))
    assert dparams["dense_1"]["W"][:, 0].tolist() == [-6.0, -4.0, 0.0]
    assert dx[0, :, 0].tolist() == [0.5, 0.25, 9.0 + 1.0 - 9.75]
    assert not dx[0, :, 1].any()


def test_a_level_never_seen_is_given_back():
    model = FromLast(*along_time(4))
    params, state = model.init(ops.key(0), WINDOW)
    low, high = (model.forward(params, state, WINDOW + level)[0] for level in (0.0, 1000.0))
    np.testing.assert_allclose(high, low + 1000.0)


def test_fewer_features_are_the_first_ones():
    model = FromLast(Dense(1, use_bias=False))
    y, cache, _ = model.forward({"dense_1": {"W": np.zeros((2, 1))}}, {"dense_1": {}}, WINDOW)
    assert y.tolist() == [[[7.0]] * 3]
    dx = model.backward({"dense_1": {"W": np.zeros((2, 1))}}, cache, np.ones((1, 3, 1)))[1]
    assert dx[0].tolist() == [[0.0, 0.0], [0.0, 0.0], [3.0, 0.0]]


def test_shapes_that_do_not_fit_are_refused():
    with pytest.raises(ShapeError, match=r"needs x of shape \(batch, time, features\), not \(5, 4\)"):
        FromLast(Dense(1)).init(ops.key(0), np.zeros((5, 4)))
    for layer, match in ((Flatten(), "needs an output of shape"), (Dense(3), "makes 3 features of x with 2")):
        model = FromLast(layer)
        params, state = model.init(ops.key(0), WINDOW)
        with pytest.raises(ShapeError, match=match):
            model.forward(params, state, WINDOW)
