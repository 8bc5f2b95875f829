"""Intervals are those of the books, and hold what they say they hold."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.stats import binomtest

from pellucid.report.intervals import bootstrap, wilson
from pellucid.runtime.deadline import Deadline

AMPLE = Deadline(1e6)


@pytest.mark.parametrize(("right", "count"), [(8, 10), (0, 5), (5, 5), (970, 1000)])
def test_wilson_is_that_of_scipy(right, count):
    expected = binomtest(right, count).proportion_ci(method="wilson")
    assert wilson(right, count) == pytest.approx((expected.low, expected.high), abs=1e-12)


def test_no_example_has_no_interval():
    assert all(map(math.isnan, wilson(0, 0)))
    assert bootstrap(lambda rows: {"mean": 1.0}, 1, 1, AMPLE) == {}


def test_a_bootstrap_of_a_mean_is_as_wide_as_its_standard_error_says():
    values = np.random.default_rng(0).normal(size=400)
    low, high = bootstrap(lambda rows: {"mean": float(values[rows].mean())}, 400, 400, AMPLE)["mean"]
    assert high - low == pytest.approx(2 * 1.96 * values.std() / 20, rel=0.15)
    assert low < 0 < high


def test_a_sample_of_a_part_has_the_interval_of_the_part():
    values = np.random.default_rng(0).normal(size=400)

    def measure(rows):
        return {"mean": float(values[rows].mean())}

    narrow, wide = (bootstrap(measure, 400, of, AMPLE)["mean"] for of in (1600, 400))
    assert narrow == pytest.approx((wide[0] / 2, wide[1] / 2))


def test_a_measure_that_never_varies_or_is_no_number_has_no_interval():
    assert bootstrap(lambda rows: {"same": 1.0, "none": math.nan}, 10, 10, AMPLE) == {}


def test_too_little_time_gives_no_interval():
    assert bootstrap(lambda rows: {"sum": float(rows.sum())}, 10, 10, Deadline(0)) == {}
