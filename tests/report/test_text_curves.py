"""Curves drawn with letters."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from pellucid.report.text_curves import draw_curves


def test_a_curve_that_falls_and_one_above_it():
    x = np.arange(1, 6)
    lines = draw_curves(x, {"train": np.array([4.0, 3, 2, 1, 0]), "validation": np.full(5, 4.0)}, 22, 5)
    assert lines == [
        "         4 |# v v  v v",
        "           |  t",
        "           |    t",
        "           |       t",
        "         0 |         t",
        "           +----------",
        "            1        5",
    ]


def test_of_more_points_than_columns_the_means_are_drawn():
    values = np.tile([0.0, 2.0], 50)
    values[7] = np.nan
    lines = draw_curves(np.arange(100), {"loss": values}, 22, 3)
    assert lines[1].count("l") + lines[0].count("l") + lines[2].count("l") == 10


def test_nothing_to_draw_is_said():
    assert draw_curves(np.empty(0), {}) == ["(no numbers yet)"]
    assert draw_curves(np.arange(2), {"loss": np.array([np.nan, np.inf])}) == ["(no numbers yet)"]


@given(
    arrays.arrays(float, st.integers(1, 300), elements=st.floats(allow_nan=True, allow_infinity=True)),
    st.integers(20, 200),
)
def test_any_numbers_are_drawn_within_the_width(values, width):
    lines = draw_curves(np.arange(len(values)), {"loss": values}, width)
    assert all(len(line) <= max(width, 24) for line in lines)
