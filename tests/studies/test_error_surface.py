"""The loss over a plane of the weights."""

from __future__ import annotations

import numpy as np
import pytest

from pellucid import L2, Chain, ConfigError, Dense, HalfSquaredError, SigmoidCrossEntropy, Tanh
from pellucid.shape_inference import first_weights
from pellucid.studies import MeanLoss, error_surface, plane_of_path, plane_of_weights, random_plane
from pellucid.studies.plane import as_params, as_vector

X = np.random.default_rng(0).normal(size=(40, 2))
LINE = Chain(Dense(1, use_bias=False))
W = {"dense_1": {"W": np.array([[1.0], [-2.0]])}}


def squares(penalty=None, y=None):
    return MeanLoss(LINE, HalfSquaredError(), {"dense_1": {}}, X, X @ W["dense_1"]["W"] if y is None else y, penalty)


def test_the_surface_of_a_linear_network_is_the_parabola_of_its_inputs():
    plane = plane_of_weights(W, ("dense_1/W", (0, 0)), ("dense_1/W", (1, 0)))
    surface = error_surface(squares(), W, plane, points=5, span=2.0)
    H = X.T @ X / len(X)
    for i, b in enumerate(surface.axes[1]):
        for j, a in enumerate(surface.axes[0]):
            d = np.array([a - 1.0, b + 2.0])
            assert surface.loss[i, j] == pytest.approx(0.5 * d @ H @ d, abs=1e-12)
    assert surface.loss[2, 2] == 0.0
    assert surface.path.tolist() == [[1.0, -2.0]]


def test_the_penalty_is_part_of_it():
    plane = plane_of_weights(W, ("dense_1/W", (0, 0)), ("dense_1/W", (1, 0)))
    surface = error_surface(squares(L2(0.1)), W, plane, points=3, span=1.0)
    assert surface.loss[1, 1] == pytest.approx(0.05 * (1.0 + 4.0))


def test_the_plane_of_a_path_has_the_path_in_it():
    params, _ = first_weights(Chain(Dense(3), Tanh(), Dense(1)), np.array([0, 1], np.uint32), X)
    here, rng = as_vector(params), np.random.default_rng(1)
    ways = rng.normal(size=(2, len(here)))
    path = here + np.array([[3.0, 1.0], [2.0, 0.5], [0.5, 0.6], [0.0, 0.0]]) @ ways
    plane = plane_of_path(path)
    inside = plane.project(path)
    np.testing.assert_allclose(inside @ plane.directions + plane.centre, path)
    np.testing.assert_allclose(plane.directions @ plane.directions.T, np.eye(2), atol=1e-12)
    assert sum(plane.explained) == pytest.approx(1.0)
    assert plane.explained[0] > plane.explained[1]


def test_a_path_along_a_line_gets_a_direction_across_it():
    path = np.array([[0.0, 0.0, 0.0], [1.0, 2.0, 2.0]])
    plane = plane_of_path(path)
    np.testing.assert_allclose(plane.directions @ plane.directions.T, np.eye(2), atol=1e-12)
    assert plane.explained == (1.0, 0.0)
    np.testing.assert_allclose(plane.project(path)[:, 1], 0.0, atol=1e-12)


def test_the_path_lies_within_the_axes():
    path = np.array([[4.0, -2.0], [2.0, -3.0], [1.0, -2.0]])
    plane = plane_of_weights(W, ("dense_1/W", (0, 0)), ("dense_1/W", (1, 0)))
    surface = error_surface(squares(), W, plane, path, points=7)
    np.testing.assert_allclose(surface.path, path)
    assert (surface.axes[:, 0] < path.min(axis=0)).all()
    assert (surface.axes[:, -1] > path.max(axis=0)).all()


def test_random_directions_are_as_long_as_the_weights_of_each_unit_and_leave_biases():
    params, _ = first_weights(Chain(Dense(3), Tanh(), Dense(1)), np.array([0, 1], np.uint32), X)
    plane = random_plane(params, seed=3)
    for direction in plane.directions:
        way = as_params(direction, params)
        for layer in ("dense_1", "dense_2"):
            lengths = [np.linalg.norm(tree[layer]["W"], axis=0) for tree in (way, params)]
            np.testing.assert_allclose(*lengths)
            assert (way[layer]["b"] == 0).all()
    assert (random_plane(params, seed=3).directions == plane.directions).all()


def test_a_loss_that_overflows_is_no_error():
    model = Chain(Dense(1, use_bias=False))
    loss = MeanLoss(model, HalfSquaredError(), {"dense_1": {}}, X, X[:, :1])
    plane = plane_of_weights(W, ("dense_1/W", (0, 0)), ("dense_1/W", (1, 0)))
    surface = error_surface(loss, W, plane, points=3, span=1e200)
    assert np.isinf(surface.loss[0, 0])


def test_what_cannot_be_drawn_is_refused():
    first = ("dense_1/W", (0, 0))
    for second in (first, ("dense_1/W", (2, 0)), ("dense_1/W", (0,)), ("dense_9/W", (0, 0))):
        with pytest.raises(ConfigError):
            plane_of_weights(W, first, second)
    with pytest.raises(ConfigError, match="not moved"):
        plane_of_path(np.ones((3, 4)))
    for bad in ({"points": 0}, {"span": 0.0}, {"span": float("nan")}):
        with pytest.raises(ConfigError):
            error_surface(squares(), W, random_plane(W), **bad)


def test_a_classifier_has_a_valley_where_it_was_trained():
    y = (X @ np.array([1.0, 1.0]) > 0).astype(float)[:, None]
    loss = MeanLoss(LINE, SigmoidCrossEntropy(), {"dense_1": {}}, X, y)
    good = {"dense_1": {"W": np.array([[3.0], [3.0]])}}
    plane = plane_of_weights(good, ("dense_1/W", (0, 0)), ("dense_1/W", (1, 0)))
    surface = error_surface(loss, good, plane, points=5, span=4.0)
    assert surface.loss[2, 2] < surface.loss[0, 0]
