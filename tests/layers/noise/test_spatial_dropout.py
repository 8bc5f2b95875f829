import numpy as np
import pytest
from scipy import stats

from pellucid import ops
from pellucid.errors import ConfigError, ShapeError
from pellucid.layers import SpatialDropout

X = np.random.default_rng(0).normal(size=(40, 3, 5, 50))


def test_a_channel_is_left_out_at_all_places_or_at_none():
    y, cache, _ = SpatialDropout(0.3).forward({}, {}, X, ops.key(0), True)
    left_out = (y == 0.0).all(axis=(1, 2))
    assert stats.binomtest(int(left_out.sum()), left_out.size, 0.3).pvalue > 0.001
    np.testing.assert_allclose(y, np.where(left_out[:, None, None], 0.0, X / 0.7), rtol=1e-14)
    assert cache["mask"].shape == (40, 1, 1, 50)
    np.testing.assert_array_equal(SpatialDropout(0.3).backward({}, cache, X)[1], y)


def test_in_use_nothing_happens():
    y, cache, _ = SpatialDropout(0.5).forward({}, {}, X)
    np.testing.assert_array_equal(y, X)
    np.testing.assert_array_equal(SpatialDropout(0.5).backward({}, cache, X)[1], X)


def test_what_does_not_fit_is_refused():
    with pytest.raises(ConfigError, match="SpatialDropout: rate must be"):
        SpatialDropout(1.0)
    with pytest.raises(ConfigError, match=r"SpatialDropout\(0.5\) draws at random in training: forward needs a key"):
        SpatialDropout(0.5).forward({}, {}, X, None, True)
    with pytest.raises(ShapeError, match=r"needs x of shape \(batch, ..., channels\), not \(4,\)"):
        SpatialDropout(0.5).forward({}, {}, np.zeros(4))
