"""Where units stand, and that no edge runs through one."""

from __future__ import annotations

import re

import pytest

from pellucid.derivation.algebra.diagram import Column, Unit
from pellucid.derivation.lessons import EXAMPLES
from pellucid.derivation.render.layout import FEW, HEIGHT, WIDTH, Layout, thin


def column(name, count, size=None):
    units = tuple(Unit(f"{name}[{i}]", float(i)) for i in range(count))
    return Column(name, "Dense", count if size is None else size, units)


def points(path, steps=40):
    """Points along a way of curves and level lines."""
    x = y = 0.0
    for kind, numbers in re.findall(r"([MCH])([^MCH]+)", path):
        to = [float(number) for number in numbers.split()]
        if kind == "M":
            x, y = to
        elif kind == "H":
            yield from ((x + (to[0] - x) * i / steps, y) for i in range(steps + 1))
            x = to[0]
        else:
            xs, ys = (x, *to[0::2]), (y, *to[1::2])
            for i in range(steps + 1):
                t = i / steps
                weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t**2 * (1 - t), t**3)
                yield tuple(sum(w * p for w, p in zip(weights, along, strict=True)) for along in (xs, ys))
            x, y = to[-2:]


@pytest.mark.parametrize("sizes", [(2, 2, 2), (1, 5, 3, 1), (5, 1, 5, 1, 5), (4, 2, 3, 5)])
def test_no_edge_runs_through_a_unit(sizes):
    layout = Layout(tuple(column(f"c{i}", size) for i, size in enumerate(sizes)))
    at = dict(layout.places())
    centres = {name: (layout.x(i), layout.y(i, row)) for name, (i, row) in at.items()}
    for start, end in ((a, b) for a in at for b in at if at[a][0] < at[b][0]):
        for x, y in points(layout.way(at[start], at[end])):
            for name, (u, v) in centres.items():
                inside = abs(x - u) < WIDTH / 2 - 1 and abs(y - v) < HEIGHT / 2 - 1
                assert not inside, f"{start} to {end} runs through {name}"


def test_of_a_column_with_units_left_out_few_are_drawn_those_on_the_paths_first():
    assert thin(column("c", 9), set()).size == len(thin(column("c", 9), set()).units) == 9
    thinned = thin(column("c", 8, size=128), {"c[6]"})
    assert [unit.name for unit in thinned.units] == ["c[0]", "c[1]", "c[2]", "c[3]", "c[6]"]
    assert len(thinned.units) == FEW


def test_what_is_left_out_is_said(large):
    assert "… " in large.html()
    assert "more</text>" not in EXAMPLES["two-two-two"].explain(automatic=False).html()
