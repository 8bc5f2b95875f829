from __future__ import annotations

import numpy as np
import pytest

from pellucid import ops
from pellucid.check import oracles


def value(tree):
    """``sum(a b^2) + sin(c)``."""
    xp = ops.namespace(tree["inner"]["b"])
    return (tree["a"] * tree["inner"]["b"] ** 2).sum() + xp.sin(tree["c"]).sum()


def tree(rows=3, columns=4):
    rng = np.random.default_rng(0)
    a, b = rng.normal(size=(2, rows, columns))
    return {"a": a, "inner": {"b": b}, "c": np.array([0.3])}


def derivative(tree):
    a, b, c = tree["a"], tree["inner"]["b"], tree["c"]
    return {"a": b * b, "inner/b": 2.0 * a * b, "c": np.cos(c)}


def test_automatic_gives_the_gradient_by_the_leaves_asked_for():
    gradient = oracles.automatic(value, ("inner/b", "c"))(tree())
    assert gradient.keys() == {"inner/b", "c"}
    for path, leaf in gradient.items():
        assert leaf.dtype == np.float64
        np.testing.assert_allclose(leaf, derivative(tree())[path], rtol=1e-14)


@pytest.mark.parametrize("path", ["a", "inner/b", "c"])
def test_numerical_gives_the_gradient_by_every_entry(path):
    gradient = oracles.numerical(value, tree(), path)
    np.testing.assert_allclose(gradient, derivative(tree())[path], rtol=0, atol=1e-9)


@pytest.mark.parametrize("count", [0, 1, 256, 300])
def test_one_after_another_and_side_by_side_are_the_same(count):
    here = tree(30, 40)
    which, offsets = np.arange(1200)[::4][:count], np.linspace(-1.0, 1.0, count)
    loop = oracles.entries(value, here, "inner/b", count=1)(which, offsets)
    compiled = oracles.entries(value, here, "inner/b", count=1200)(which, offsets)
    assert compiled.shape == (count,)
    np.testing.assert_allclose(compiled, loop, rtol=1e-13)


def test_many_entries_are_numerically_right_too():
    here = tree(30, 40)
    np.testing.assert_allclose(oracles.numerical(value, here, "a"), derivative(here)["a"], rtol=0, atol=1e-7)


def test_a_direction_moves_all_its_leaves():
    here, way = tree(), {"a": np.ones((3, 4)), "c": np.array([2.0])}
    line = oracles.directions(value, here, [way])
    moved = {"a": here["a"] + 0.5, "inner": here["inner"], "c": here["c"] + 1.0}
    assert line(np.array([0]), np.array([0.5])) == pytest.approx([value(moved)], rel=1e-14)


def test_sides_look_from_their_own_side_only():
    """``|t| + t^2`` has the slope -1 on the left of 0 and 1 on the right."""
    line = oracles.directions(lambda t: abs(t["t"]) + t["t"] ** 2, {"t": np.float64(0.0)}, [{"t": 1.0}])
    below, above = oracles.sides(line, np.array([0]), np.array([1e-3]), 0.0)
    assert below == pytest.approx([-1.0])
    assert above == pytest.approx([1.0])
    assert oracles.central(line, np.array([0]), np.array([1e-3])) == pytest.approx([0.0])
