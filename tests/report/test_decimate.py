"""Fewer rows with every peak."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from pellucid.report.decimate import decimate


def test_few_rows_are_all_shown():
    assert decimate([np.arange(100.0)], 100) is None
    assert decimate([], 10) is None


@given(st.integers(1_000, 5_000), st.integers(1, 3), st.integers(200, 900), st.integers(0, 2**31))
def test_the_ends_and_the_least_and_greatest_of_every_column_stay(rows, columns, points, seed):
    rng = np.random.default_rng(seed)
    values = [rng.normal(size=rows) for _ in range(columns)]
    chosen = decimate(values, points)
    assert (np.diff(chosen) > 0).all()
    assert (chosen[0], chosen[-1]) == (0, rows - 1)
    assert len(chosen) <= max(points, 200 * columns) + 2
    for column in values:
        assert {column.argmin(), column.argmax()} <= set(chosen)


def test_one_spike_in_a_million_is_seen_and_nan_passed_over():
    values = np.zeros(10**6)
    values[::2] = np.nan
    values[123_457] = 5
    chosen = decimate([values], 2_000)
    assert len(chosen) <= 2_002
    assert np.nanmax(values[chosen]) == 5


def test_a_stretch_without_numbers_keeps_its_place():
    chosen = decimate([np.full(1000, np.nan)], 200)
    assert len(chosen) >= 100
