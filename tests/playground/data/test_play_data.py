"""The data sets: what they are, and that the same state always has the same points."""

from __future__ import annotations

from typing import get_args

import numpy as np
import pytest

from pellucid.errors import DataError
from pellucid.playground.data.data_sets import CLASSIFICATION, REGRESSION
from pellucid.playground.data.play_data import make_data
from pellucid.playground.state import Classification, DataState, OwnPoint, Regression


def test_every_name_of_the_state_is_a_data_set():
    assert tuple(CLASSIFICATION) == get_args(Classification)
    assert tuple(REGRESSION) == get_args(Regression)


@pytest.mark.parametrize("name", [*CLASSIFICATION, *REGRESSION])
def test_points_lie_where_the_map_is_and_follow_from_the_state_alone(name):
    problem = "classification" if name in CLASSIFICATION else "regression"
    state = DataState(problem=problem, name=name, noise=5, seed=3)
    data, again = make_data(state), make_data(state)
    assert data.x.tobytes() == again.x.tobytes()
    assert data.y.tobytes() == again.y.tobytes()
    usual = {**CLASSIFICATION, **REGRESSION}[name].count
    assert len(data.x) == len(data.y) == usual
    assert data.test.sum() == usual // 2
    (left, right), (low, high) = data.domain
    inside = (data.shown >= (left, low)) & (data.shown <= (right, high))
    assert inside.all(axis=1).mean() > 0.97
    if data.classes:
        assert set(data.y) == set(range(data.classes))
    assert make_data(state.model_copy(update={"seed": 4})).x.tobytes() != data.x.tobytes()


def test_points_are_shuffled_so_that_both_parts_have_all_classes_alike():
    data = make_data(DataState(name="gauss", train_share=20))
    assert (~data.test).sum() == 100
    assert abs(data.y[~data.test].mean() - 0.5) < 0.15


@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ("circle", lambda x1, x2: x1**2 + x2**2 < 2.5**2),
        ("xor", lambda x1, x2: x1 * x2 >= 0),
        ("checkerboard", lambda x1, x2: (x1 // 3 + x2 // 3) % 2 == 1),
        ("and", lambda x1, x2: x1 * x2 == 1),
        ("or", lambda x1, x2: x1 + x2 >= 1),
        ("xor_gate", lambda x1, x2: x1 + x2 == 1),
    ],
)
def test_without_noise_classes_follow_the_rule(name, rule):
    data = make_data(DataState(name=name))
    assert (data.y == rule(*data.x.T)).all()
    noisy = make_data(DataState(name=name, noise=40))
    assert (noisy.y != rule(*noisy.x.T)).any()


@pytest.mark.parametrize("name", ["blobs", "rings"])
def test_some_data_sets_have_any_number_of_classes(name):
    data = make_data(DataState(name=name, classes=5))
    assert data.classes == 5
    assert np.bincount(data.y.astype(int)).tolist() == [100] * 5


def test_the_plane_is_a_plane_and_the_hills_are_six():
    plane = make_data(DataState(problem="regression", name="plane"))
    assert plane.y == pytest.approx(plane.x.sum(axis=1) / 10)
    hills = make_data(DataState(problem="regression", name="hills"))
    high, low = hills.x[hills.y.argmax()], hills.x[hills.y.argmin()]
    assert min(np.hypot(*(high - top)) for top in [(-4, 2.5), (4, 2.5), (0, -2.5)]) < 0.2
    assert min(np.hypot(*(low - top)) for top in [(0, 2.5), (-4, -2.5), (4, -2.5)]) < 0.2


def test_the_valley_is_long_and_narrow_and_whitening_makes_it_round():
    data = make_data(DataState(problem="regression", name="valley"))
    with_bias = np.column_stack([data.x, np.ones(len(data.x))])
    eigenvalues = np.linalg.eigvalsh(with_bias.T @ with_bias / len(data.x))
    assert eigenvalues[-1] / eigenvalues[0] > 100


def test_tilt_correlates_and_stretch_scales():
    plain = make_data(DataState(name="gauss", seed=1))
    tilted = make_data(DataState(name="xor", tilt=0.9))
    assert np.corrcoef(tilted.x.T)[0, 1] == pytest.approx(0.9, abs=0.05)
    stretched = make_data(DataState(name="gauss", seed=1, stretch=10))
    assert stretched.x == pytest.approx(plain.x * [1, 10])
    assert stretched.domain == ((-6, 6), (-60, 60))
    assert (np.abs(make_data(DataState(name="xor", tilt=0.9, stretch=3)).shown[:, 1]) < 26).all()


def own(*points, **fields):
    return DataState(name="own", points=[OwnPoint(x=x, y=y, test=test) for x, y, test in points], **fields)


def test_points_of_ones_own_stay_in_order_and_all_train_unless_told_otherwise():
    data = make_data(own(([1.0, 2.0], 0, False), ([3.0, -4.0], 1, False), ([0.0, 0.0], 1, True)))
    assert data.x.tolist() == [[1, 2], [3, -4], [0, 0]]
    assert data.test.tolist() == [False, False, True]
    assert data.domain == ((-6, 6), (-6, 6))


@pytest.mark.parametrize(
    ("points", "fields", "said"),
    [
        ([([1.0], 0, False)] * 3, {}, "point 1 has 1 inputs, but there are 2 columns"),
        ([([1.0, 2.0], 2, False)] * 3, {}, "point 1 has the label 2: labels are whole numbers from 0 to 1"),
        ([([1.0, 2.0], 0.5, False)] * 3, {}, "point 1 has the label 0.5"),
        ([([1.0, 2.0], -1, False)] * 3, {}, "point 1 has the label -1"),
        ([([1.0, 2e6], 0, False)] * 3, {}, "point 1 has a number beyond 1,000,000"),
        ([([1.0, 2.0], 0, True)], {}, "there are no training points"),
        ([], {}, "there are no training points"),
        ([([1.0, 2.0], 0, False)] * 3, {"columns": []}, "at least one column"),
        ([([1.0, 2.0], 0, False)] * 3, {"axes": (0, 2)}, "the map shows two of the columns 0 to 1"),
        ([([1.0, 2.0], 0, False)] * 3, {"axes": (1, 1)}, "the map shows two of the columns 0 to 1"),
    ],
)
def test_points_that_cannot_be_are_refused_in_one_line(points, fields, said):
    with pytest.raises(DataError, match=said):
        make_data(own(*points, **fields))


def test_a_data_set_of_the_other_problem_is_refused():
    with pytest.raises(DataError, match="circle is no data set for regression: choose one of plane, hills, valley"):
        make_data(DataState(problem="regression"))


def many_columns(axes):
    x = np.random.default_rng(0).normal(size=(30, 4)) * [1, 5, 0.1, 3] + [0, 1, 2, 3]
    return make_data(own(*((row, i % 2, False) for i, row in enumerate(x.tolist())), columns=list("abcd"), axes=axes))


def test_the_map_shows_two_columns_and_holds_the_others_at_their_mean():
    data = many_columns((3, 1))
    assert data.shown == pytest.approx(data.x[:, [3, 1]])
    back = data.plane.inputs(np.array([[7.0, 8.0]]))
    assert back[0] == pytest.approx([data.x[:, 0].mean(), 8, data.x[:, 2].mean(), 7])


def test_the_map_shows_the_two_directions_in_which_points_vary_most():
    data = many_columns((-1, -1))
    spread = data.shown.var(axis=0)
    assert spread[0] > spread[1] > 0.9 * np.sort(data.x.var(axis=0))[-2]
    assert data.plane.show(data.plane.inputs(data.shown)) == pytest.approx(data.shown)


def test_one_column_lies_on_a_line():
    data = make_data(own(([1.0], 0, False), ([9.0], 1, False), columns=["a"]))
    assert data.shown.tolist() == [[1, 0], [9, 0]]
    assert data.plane.inputs(np.array([[4.0, 5.0]])).tolist() == [[4.0]]
