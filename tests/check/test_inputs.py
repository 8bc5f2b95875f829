"""What ``check_gradients`` takes and what it refuses."""

from __future__ import annotations

import numpy as np
import polars
import pytest
import scipy.sparse

from pellucid import ops
from pellucid.check import check_gradients
from pellucid.combinators import Chain
from pellucid.errors import DataError, ShapeError
from pellucid.layers import Dense, Tanh
from pellucid.losses import HalfSquaredError

LOSS = HalfSquaredError()


def data():
    rng = np.random.default_rng(0)
    return rng.normal(size=(5, 4)), rng.normal(size=(5, 3))


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"x": data()[0] + 1j}, "x holds complex128"),
        ({"x": (data()[0] + 1j, data()[0])}, "x/0 holds complex128"),
        ({"x": [["a", "b"]]}, r"x\[0, 0\] is 'a'"),
        ({"x": "text"}, "x"),
        ({"x": None}, "x"),
        ({"x": scipy.sparse.eye(5)}, "x is a sparse matrix"),
        ({"x": {"left": scipy.sparse.eye(5), "right": data()[0]}}, "x/left holds object"),
        ({"x": [[1.0, 2.0], [3.0]]}, "x cannot be made an array"),
        ({"y": data()[1] * 1j}, "y holds complex128"),
        ({"y": ["a"] * 5}, "y holds <U1"),
        ({"y": [[1.0], [1.0, 2.0]]}, "y cannot be made an array"),
        ({"sample_weight": np.full(5, 1j)}, "sample_weight holds complex128"),
        ({"sample_weight": ["a"] * 5}, "sample_weight holds <U1"),
        ({"params": {"W": np.ones((4, 3)) * 1j, "b": np.zeros(3)}}, "params/W holds complex128"),
    ],
)
def test_what_is_no_real_number_is_refused_by_name(changed, message):
    x, y = data()
    with pytest.raises(DataError, match=message):
        check_gradients(Dense(3), LOSS, **({"x": x, "y": y} | changed))


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"params": {}}, r"params/dense_1/W has nothing, but the model needs shape \(4, 3\)"),
        ({"params": 3}, "params/dense_1/W has nothing"),
        ({"params": {"dense_1": {"W": np.ones((4, 2)), "b": np.ones(3)}}}, r"has shape \(4, 2\), but the model needs"),
        ({"state": 3}, "the model has no state: leave state out"),
        ({"state": {"mean": np.ones(3)}}, "the model has no state/mean"),
    ],
)
def test_weights_of_another_model_are_refused_by_path(changed, message):
    with pytest.raises(ShapeError, match=message):
        check_gradients(Chain(Dense(3), Tanh()), LOSS, *data(), **changed)


def test_weights_need_no_entry_for_layers_without_any():
    params, _ = Chain(Dense(3), Tanh()).init(ops.key(0), data()[0])
    assert check_gradients(Chain(Dense(3), Tanh()), LOSS, *data(), params={"dense_1": params["dense_1"]}).ok


def test_lists_and_tables_are_taken_as_fit_takes_them():
    x, y = data()
    wanted = check_gradients(Dense(3), LOSS, x, y)
    assert check_gradients(Dense(3), LOSS, x.tolist(), y.tolist()) == wanted
    assert check_gradients(Dense(3), LOSS, polars.DataFrame(x), polars.DataFrame(y)) == wanted
    listed = check_gradients(Dense(3), LOSS, [[1, 2], [3, 4]], [[1, 0, 2], [0, 1, 2]])
    assert [leaf.verdict for leaf in listed.leaves] == ["right"] * 3
