"""Every gradient beside its slope measured."""

from __future__ import annotations

import numpy as np
import pytest

from pellucid import Chain, Dense, HalfSquaredError, ReLU, ShapeError, SigmoidCrossEntropy, Tanh
from pellucid.check.entries import check_entries

X = np.random.default_rng(0).normal(size=(6, 2))
Y = (X[:, :1] > 0).astype(float)


class WrongTanh(Tanh):
    """The slope of tanh without its square."""

    def derivative(self, x, y):
        return 1.0 - np.abs(y)


def test_every_weight_and_bias_has_a_row_and_agrees():
    rows = check_entries(Chain(Dense(3), Tanh(), Dense(1)), SigmoidCrossEntropy(), X, Y)
    assert len(rows) == 2 * 3 + 3 + 3 + 1
    assert {row.verdict for row in rows} == {"right"}
    assert [row.relative for row in rows] == sorted((row.relative for row in rows), reverse=True)
    assert all(row.absolute == abs(row.backward - row.numerical) for row in rows)


def test_a_wrong_backward_is_wrong_where_it_goes_through():
    rows = check_entries(Chain(Dense(3), WrongTanh(), Dense(1)), HalfSquaredError(), X, Y)
    verdicts = {(row.path, row.verdict) for row in rows}
    assert ("dense_1/W", "wrong") in verdicts
    assert {verdict for path, verdict in verdicts if path.startswith("dense_2")} == {"right"}


def test_a_bend_within_the_step_is_named():
    params = {"dense_1": {"W": np.array([[1.0]]), "b": np.array([-1.0 + 2e-6])}, "relu_1": {}}
    rows = check_entries(
        Chain(Dense(1), ReLU()), HalfSquaredError(), np.array([[1.0]]), np.array([[-1.0]]), params=params
    )
    assert {row.verdict for row in rows} == {"kink"}


def test_params_of_another_model_are_refused():
    with pytest.raises(ShapeError, match="params/dense_1/W has shape"):
        check_entries(Chain(Dense(1)), HalfSquaredError(), X, Y, params={"dense_1": {"W": np.ones((3, 1))}})
