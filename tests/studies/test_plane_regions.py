"""How layers see the plane."""

from __future__ import annotations

import numpy as np

from pellucid import Chain, Dense, HardTanh, Maxout, ReLU, Tanh
from pellucid.shape_inference import first_weights
from pellucid.studies import plane_regions

SIDE = np.linspace(-1.0, 1.0, 41)
GRID = np.stack([part.ravel() for part in np.meshgrid(SIDE, SIDE)], axis=1)


def regions_of(model, **weights):
    params, state = first_weights(model, np.array([0, 1], np.uint32), GRID)
    for name, (W, b) in weights.items():
        params[name] = {"W": np.array(W, float), "b": np.array(b, float)}
    return plane_regions(model, params, state, GRID), params, state


def test_two_crossing_lines_cut_the_plane_in_four_and_a_third_adds_at_most_three():
    cross, _, _ = regions_of(Chain(Dense(2), ReLU(), Dense(1)), dense_1=([[1, 0], [0, 1]], [0.01, 0.01]))
    assert [one.patterns for one in cross] == [4]
    assert cross[0].linear
    three, _, _ = regions_of(Chain(Dense(3), ReLU(), Dense(1)), dense_1=([[1, 0, 1], [0, 1, 1]], [0.01, 0.01, -0.5]))
    assert three[0].patterns == 7


def test_within_a_pattern_a_relu_network_is_linear():
    model = Chain(Dense(4), ReLU(), Dense(3), ReLU(), Dense(1))
    found, params, state = regions_of(model)
    y = model.forward(params, state, GRID)[0][:, 0]
    last = found[-1]
    assert last.linear
    assert last.patterns > found[0].patterns > 1
    for number in range(last.patterns):
        inside = last.pattern == number
        plane = np.column_stack([GRID[inside], np.ones(inside.sum())])
        fitted = plane @ np.linalg.lstsq(plane, y[inside], rcond=None)[0]
        np.testing.assert_allclose(fitted, y[inside], atol=1e-12)


def test_patterns_are_counted_by_where_they_first_come():
    found, _, _ = regions_of(Chain(Dense(4), ReLU(), Dense(1)))
    first = [np.flatnonzero(found[0].pattern == number)[0] for number in range(found[0].patterns)]
    assert first == sorted(first)
    assert found[0].pattern[0] == 0


def test_outputs_are_those_after_the_activation():
    model = Chain(Dense(2), Tanh(), Dense(1))
    found, params, _ = regions_of(model)
    np.testing.assert_allclose(found[0].outputs, np.tanh(GRID @ params["dense_1"]["W"] + params["dense_1"]["b"]))
    assert not found[0].linear


def test_a_unit_with_two_bends_has_three_sides():
    found, _, _ = regions_of(Chain(Dense(1), HardTanh(), Dense(1)), dense_1=([[4], [0]], [0]))
    assert found[0].patterns == 3


def test_a_maxout_unit_has_a_side_for_each_piece():
    found, _, _ = regions_of(Chain(Maxout(1), Dense(1)))
    assert found[0].patterns == 2
    assert found[0].linear


def test_after_a_layer_that_curves_nothing_is_linear():
    found, _, _ = regions_of(Chain(Dense(2), Tanh(), Dense(2), ReLU(), Dense(1)))
    assert [one.linear for one in found] == [False, False]
