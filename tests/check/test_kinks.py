"""Kinks are told from faults: no right gradient is called wrong for one, no wrong one is excused by it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from check.example import LOSS, data, row
from check.sabotaged import (
    DENSE,
    AlwaysOn,
    HalfAtZero,
    OffByAThousandth,
    OffByAThousandthReLU,
    OneAtZero,
    SevenAtZero,
)
from pellucid import ops
from pellucid.check import check_gradients
from pellucid.combinators import Chain, Concat
from pellucid.layers import Dense, Identity, Maxout, ReLU, Tanh
from pellucid.losses import Hinge, MeanAbsoluteError


def test_a_kink_within_the_step_is_said_and_no_fault():
    """Nets a few millionths from the kink, on either side: the step of 1e-5 goes across, the point is off it."""
    x = np.array([[3e-6, -4e-6, 1.0, -1.0]])
    model = Chain(Identity(), ReLU(), Dense(1))
    report = check_gradients(model, LOSS, x, np.array([[0.7]]))
    assert report.ok
    leaf = row(report, "x")
    assert leaf.verdict == "right"
    assert leaf.kinks >= 2
    assert "within a step of a kink" in leaf.words
    assert "within a step of a kink" in str(report).replace("\n  ", " ")


@pytest.mark.parametrize("relu", [ReLU(), OneAtZero(), HalfAtZero(), Maxout(3, pieces=2)], ids=repr)
def test_a_point_on_the_kink_itself_is_no_fault(relu):
    """Examples of zeros with zero biases put every net exactly on the kink."""
    x, y = data()
    x[1:3] = 0.0
    report = check_gradients(Chain(Dense(6), relu, Dense(3)), LOSS, x, y)
    assert report.ok
    assert all(leaf.verdict == "right" for leaf in report.leaves)
    assert sum(leaf.kinks for leaf in report.leaves) > 0


def test_where_two_sides_cross_only_the_slope_at_the_point_counts():
    """ReLU(x) - ReLU(-x) is x, seen in pieces: smooth, though backward's parts at 0 add up to nothing."""
    model = Chain(Concat(Dense(1), Dense(1)), ReLU(), Dense(1))
    params, _ = model.init(ops.key(0), np.zeros((1, 1)))
    params["concat_1"]["dense_1"]["W"][:] = 1.0
    params["concat_1"]["dense_2"]["W"][:] = -1.0
    params["dense_1"]["W"][:] = [[1.0], [-1.0]]
    report = check_gradients(model, LOSS, np.zeros((1, 1)), np.ones((1, 1)), params=params)
    assert row(report, "x").numerical.oracle == pytest.approx(-1.0)
    assert row(report, "x").verdict == "wrong"


@pytest.mark.parametrize("wrong", [AlwaysOn, OffByAThousandthReLU, SevenAtZero])
def test_a_wrong_relu_is_not_excused_by_its_kink(wrong):
    x, y = data()
    x[1:3] = 0.0
    assert not check_gradients(Chain(Dense(6), wrong(), Dense(3)), LOSS, x, y).ok


@pytest.mark.parametrize(("sabotaged", "path"), DENSE, ids=lambda value: getattr(value, "__name__", value))
def test_no_sabotage_is_excused_on_a_kink(sabotaged, path):
    x, y = data()
    x[1:3] = 0.0
    assert not check_gradients(Chain(Dense(4), ReLU(), sabotaged(4), ReLU(), Dense(3)), LOSS, x, y).ok


@settings(max_examples=15)
@given(st.integers(0, 2**31), st.sampled_from([0.0, 1e-7, 2e-6, -5e-6, 1e-4]), st.booleans())
def test_kinks_are_told_from_faults(seed, distance, faulty):
    """Nets at any distance from the kink: a right network is never called wrong, a wrong one always."""
    x, y = data(seed=seed)
    model = Chain(Dense(6), ReLU(), OffByAThousandth(3) if faulty else Dense(3))
    params, _ = model.init(ops.key(seed), x)
    params["dense_1"]["b"] = distance - x[0] @ params["dense_1"]["W"]
    report = check_gradients(model, LOSS, x, y, params=params)
    assert report.ok is not faulty
    assert faulty or all(leaf.verdict == "right" for leaf in report.leaves)


def test_kinks_of_losses_are_no_fault():
    x, _ = data()
    params, _ = Dense(3).init(ops.key(0), x)
    assert check_gradients(Dense(3), MeanAbsoluteError(), x, x @ params["W"], params=params).ok
    scores = np.array([[1.0, 0.0, 0.0], [0.3, 1.3, 0.1]])
    assert check_gradients(Identity(), Hinge(), scores, np.array([0, 1])).ok


def test_sharp_bends_and_large_numbers_are_no_fault():
    """Inputs in the thousands make the loss bend sharply and large numbers round coarsely."""
    x, y = data()
    report = check_gradients(Chain(Dense(6), Tanh(), Dense(3)), LOSS, 50.0 * x, 1000.0 * y)
    assert all(leaf.verdict == "right" for leaf in report.leaves)
    report = check_gradients(Chain(Dense(6), ReLU(), Dense(3)), LOSS, 5000.0 * x, y)
    assert all(leaf.verdict == "right" for leaf in report.leaves)
