"""PiecewiseLinear: what an interval makes of a number, and edges from data."""

import numpy as np
import pytest

from pellucid import ConfigError, PiecewiseLinear, ShapeError

LAYER = PiecewiseLinear(((0.0, 1.0, 3.0, 4.0), (0.0, 2.0)))


@pytest.mark.parametrize(
    ("x", "y"),
    [
        (0.5, [0.5, 0, 0]),
        (2.0, [1, 0.5, 0]),
        (3.5, [1, 1, 0.5]),
        (-1.0, [-1, 0, 0]),  # not cut off below the first edge
        (6.0, [1, 1, 3]),  # nor above the last
    ],
)
def test_a_number_fills_one_interval_after_the_other(x, y):
    said, cache, _ = LAYER.forward({}, {}, np.array([[x, -3.0]]))
    assert said.tolist() == [[*y, -1.5]]
    _, dx = LAYER.backward({}, cache, np.array([[1.0, 10.0, 100.0, 1000.0]]))
    slope = 1.0 if x < 1 else 5.0 if x < 3 else 100.0
    assert dx.tolist() == [[slope, 500.0]]


def test_closed_intervals_take_a_number_beyond_the_edges_for_the_outermost():
    closed = PiecewiseLinear(LAYER.edges, closed=True)
    said, cache, _ = closed.forward({}, {}, np.array([[-1.0, 3.0], [6.0, 1.0]]))
    assert said.tolist() == [[0, 0, 0, 1], [1, 1, 1, 0.5]]
    _, dx = closed.backward({}, cache, np.ones((2, 4)))
    assert dx.tolist() == [[0, 0], [0, 0.5]]


def test_edges_are_quantiles():
    x = np.stack([np.arange(9.0), np.arange(9) % 2, np.full(9, 7.0)], axis=1)
    assert PiecewiseLinear.fit(x, 4).edges == ((0.0, 2.0, 4.0, 6.0, 8.0), (0.0, 1.0), (7.0, 8.0))


@pytest.mark.parametrize("edges", [(), ((1.0,),), ((1.0, 1.0),), ((0.0, float("nan")),), 3])
def test_edges_grow(edges):
    with pytest.raises(ConfigError, match="growing numbers"):
        PiecewiseLinear(edges)


def test_columns_are_those_of_the_edges():
    with pytest.raises(ShapeError, match="2"):
        LAYER.forward({}, {}, np.zeros((1, 3)))
