from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pellucid.data.preparation.running_moments import Moments


def moments_of(x, cuts):
    moments = Moments()
    for part in np.split(x, sorted(cuts)):
        moments.add(part)
    return moments


@given(st.lists(st.integers(0, 40), max_size=6), st.integers(0, 10**6))
def test_parts_give_the_moments_of_the_whole(cuts, seed):
    rng = np.random.default_rng(seed)
    x = rng.normal(1e3, [1.0, 1e-3, 1e5], (40, 3))
    x[rng.random(x.shape) < 0.3] = np.nan
    x[0] = 0.0
    moments = moments_of(x, cuts)
    assert moments.count.tolist() == (~np.isnan(x)).sum(axis=0).tolist()
    np.testing.assert_allclose(moments.mean, np.nanmean(x, axis=0), rtol=1e-12)
    np.testing.assert_allclose(moments.deviation, np.nanstd(x, axis=0), rtol=1e-9)


def test_a_large_mean_does_not_swallow_the_variance():
    x = 1e9 + np.arange(10.0)[:, None]
    assert moments_of(x, [3, 7]).deviation == pytest.approx(np.arange(10).std(), rel=1e-9)


def test_no_numbers_yet():
    moments = moments_of(np.full((2, 2), np.nan), [1])
    assert moments.count.tolist() == [0, 0]
    assert moments.deviation.tolist() == [0.0, 0.0]
