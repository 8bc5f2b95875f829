"""Gates against their truth tables; regions against geometry."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from pellucid import ConfigError, UnknownNameError, convex_region, gate, half_plane, union

TRUTH = {
    "and": lambda bits: all(bits),
    "or": lambda bits: any(bits),
    "nand": lambda bits: not all(bits),
    "nor": lambda bits: not any(bits),
    "xor": lambda bits: bits[0] != bits[1],
    "xnor": lambda bits: bits[0] == bits[1],
}


@pytest.mark.parametrize("name", TRUTH)
@pytest.mark.parametrize("inputs", [2, 3, 5])
def test_gates_have_their_truth_tables(name, inputs):
    if name.startswith("x") and inputs != 2:
        with pytest.raises(ConfigError, match="takes 2"):
            gate(name, inputs)
        return
    bits = np.array(list(product((0, 1), repeat=inputs)))
    expected = [float(TRUTH[name](row)) for row in bits.tolist()]
    assert gate(name, inputs)(bits) == pytest.approx(expected, abs=1e-4)


def test_not_and_the_weights_of_and():
    assert gate("not")([[0], [1]]) == pytest.approx([1, 0], abs=1e-4)
    params = gate("and").params["dense_1"]
    assert (params["b"].tolist(), params["W"].ravel().tolist()) == ([-30.0], [20.0, 20.0])
    with pytest.raises(UnknownNameError, match="did you mean nand"):
        gate("nandd")


def in_triangle(p, a, b, c):
    """By barycentric coordinates: another way than half-planes."""
    u, v = np.linalg.solve(np.array([b - a, c - a]).T, (p - a).T)
    return (u > 0) & (v > 0) & (u + v < 1)


def test_regions_hold_the_points_that_geometry_says():
    rng = np.random.default_rng(0)
    first, second = np.array([[0, 0], [3, 0], [0, 3]]), np.array([[4, 4], [6, 4], [5, 6]])
    points = rng.uniform(-1, 7, (2000, 2))
    sharp = 500.0
    inside = [in_triangle(points, *corners) for corners in (first, second)]
    answers = convex_region([tuple(c) for c in first.tolist()], sharp)(points)
    assert ((answers > 0.5) == inside[0]).mean() > 0.997  # but for points within a hundredth of an edge
    answers = union([first.tolist(), second.tolist()], sharp)(points)
    assert ((answers > 0.5) == (inside[0] | inside[1])).mean() > 0.997
    assert (half_plane((0, 0), (1, 1), sharp)(points) > 0.5).tolist() == (points[:, 1] > points[:, 0]).tolist()


@pytest.mark.parametrize(
    "corners",
    [[(0, 0), (1, 1)], [(0, 0), (0, 1), (1, 0)], [(0, 0), (2, 0), (1, 0.5), (2, 2), (0, 2)], [(0, 0), (0, 0), (1, 1)]],
)
def test_corners_that_are_no_convex_polygon_are_refused(corners):
    with pytest.raises(ConfigError):
        convex_region(corners)
