"""The gradient check: right networks are right at every leaf, every fault is found where it is."""

from __future__ import annotations

import json

import numpy as np
import pytest

from check.example import LOSS, data, row
from check.sabotaged import (
    DENSE,
    Doubled,
    NotANumber,
    OneEntryWrong,
    Transposed,
)
from pellucid.check import check_gradients
from pellucid.combinators import Chain
from pellucid.layers import Dense, Sigmoid, Tanh


def test_a_right_network_is_right_at_every_leaf():
    x, y = data()
    report = check_gradients(Chain(Dense(6), Sigmoid(), Dense(3)), LOSS, x, y)
    assert report.ok
    assert report.weights == "all"
    assert [leaf.path for leaf in report.leaves] == ["dense_1/W", "dense_1/b", "dense_2/W", "dense_2/b", "x"]
    for leaf in (*report.leaves, report.whole):
        assert leaf.verdict == "right"
        assert leaf.numerical.relative < 1e-7
        assert leaf.automatic.relative < 1e-12
    assert row(report, "dense_1/W").checked == 24
    assert row(report, "x").shape == (5, 4)


def test_the_figures_of_a_network_small_enough_for_a_pencil():
    """One weight, one example: E = 1/2 (w x - d)^2, so dE/dw = (w x - d) x and dE/dx = (w x - d) w."""
    params = {"W": np.array([[3.0]]), "b": np.array([0.5])}
    report = check_gradients(Dense(1), LOSS, [[2.0]] @ np.eye(1), np.array([[1.0]]), params=params)
    assert report.loss == pytest.approx(0.5 * 5.5**2)
    for path, slope in (("W", 11.0), ("b", 5.5), ("x", 16.5)):
        leaf = row(report, path)
        assert leaf.numerical.backward == leaf.automatic.oracle == pytest.approx(slope, rel=1e-14)
        assert leaf.numerical.oracle == pytest.approx(slope, rel=1e-8)


def test_the_mean_over_examples_is_weighted():
    """With all the weight on one example, the gradient by the others is exactly nothing."""
    x, y = data()
    alone = check_gradients(Dense(3), LOSS, x[2:3], y[2:3])
    report = check_gradients(Dense(3), LOSS, x, y, sample_weight=[0, 0, 4.0, 0, 0])
    assert report.ok
    assert report.loss == pytest.approx(alone.loss)


@pytest.mark.parametrize(("sabotaged", "path"), DENSE, ids=lambda value: getattr(value, "__name__", value))
def test_every_sabotage_is_found_in_its_leaf(sabotaged, path):
    x, y = data()
    report = check_gradients(Chain(below=Chain(Dense(4), Tanh()), it=sabotaged(4), above=Dense(3)), LOSS, x, y)
    if path == "x":  # what is wrong in dx shows in all that lies below, and there alone
        assert report.wrong == ("below/dense_1/W", "below/dense_1/b", "x", "all at once")
    else:
        assert report.wrong == (f"it/{path}", "all at once")


@pytest.mark.parametrize("weights", ["sample", "directions"])
@pytest.mark.parametrize("sabotaged", [Doubled, OneEntryWrong], ids=lambda kind: kind.__name__)
def test_a_sample_and_directions_find_it_too(sabotaged, weights):
    x, y = data()
    report = check_gradients(sabotaged(3), LOSS, x, y, weights=weights, samples=2)
    assert report.weights == weights
    assert len(report.wrong) == 2


def test_a_fault_is_located_and_told_with_its_figures():
    x, y = data()
    report = check_gradients(OneEntryWrong(3), LOSS, x, y)
    wrong = row(report, "W")
    assert wrong.numerical.where == wrong.automatic.where == (0, 1)
    assert wrong.automatic.backward - wrong.automatic.oracle == pytest.approx(0.01)
    assert wrong.numerical.absolute == pytest.approx(0.01, rel=1e-6)
    assert "wrong at [0, 1]" in wrong.words
    assert "above 1e-4" in wrong.words


def test_a_small_fault_in_a_large_array_is_found_by_sample_and_directions():
    x, y = data(inputs=200, outputs=150, examples=3)
    for weights in (None, "directions"):
        report = check_gradients(OneEntryWrong(150), LOSS, x, y, weights=weights, samples=20)
        assert report.wrong[0] == "W"
    assert check_gradients(Dense(150), LOSS, x, y).weights == "sample"


def test_a_slight_fault_asks_for_a_closer_look():
    class Slight(Dense):
        def backward(self, params, cache, dy):
            dparams, dx = super().backward(params, cache, dy)
            return dparams | {"W": (1.0 + 1e-5) * dparams["W"]}, dx

    x, y = data()
    leaf = row(check_gradients(Slight(3), LOSS, x, y), "W")
    assert leaf.verdict == "look closer"
    assert leaf.automatic.relative == pytest.approx(1e-5, rel=1e-2)
    assert "between 1e-7 and 1e-4" in leaf.words


def test_nan_is_wrong_and_the_report_is_still_json():
    x, y = data()
    report = check_gradients(NotANumber(3), LOSS, x, y)
    leaf = row(report, "b")
    assert leaf.verdict == "wrong"
    assert leaf.numerical.where == (0,)
    assert "nan by backward" in leaf.words
    read_back = json.loads(json.dumps(report.as_dict(), allow_nan=False))
    assert read_back["ok"] is False
    assert read_back["leaves"][1]["numerical"]["relative"] is None


def test_a_gradient_that_is_missing_misshapen_or_of_nothing():
    class Extra(Dense):
        def backward(self, params, cache, dy):
            dparams, dx = super().backward(params, cache, dy)
            return dparams | {"gain": dy}, dx[:1]

    x, y = data()
    report = check_gradients(Extra(3), LOSS, x, y)
    assert "shape (1, 4) for an array of shape (5, 4)" in row(report, "x").words
    assert "nothing of this name" in row(report, "gain").words
    assert "shape (3, 4) for an array of shape (4, 3)" in row(check_gradients(Transposed(3), LOSS, x, y), "W").words
