import numpy as np
import pytest
from scipy import stats

from pellucid import ops
from pellucid.errors import ConfigError
from pellucid.layers import GaussianNoise

X = np.random.default_rng(0).normal(size=(100, 200))


def test_the_noise_is_normal_and_of_the_deviation_asked_for():
    y, cache, _ = GaussianNoise(0.3).forward({}, {}, X, ops.key(0), True)
    assert stats.kstest(((y - X) / 0.3).ravel(), "norm").pvalue > 0.001
    np.testing.assert_allclose(cache["noise"], y - X, rtol=1e-12, atol=1e-14)
    dparams, dx = GaussianNoise(0.3).backward({}, cache, X)
    assert dparams == {}
    np.testing.assert_array_equal(dx, X)


def test_in_use_nothing_happens():
    y, cache, _ = GaussianNoise(0.3).forward({}, {}, X)
    np.testing.assert_array_equal(y, X)
    np.testing.assert_array_equal(cache["noise"], np.zeros_like(X))


def test_what_does_not_fit_is_refused():
    for stddev in (-0.1, float("inf"), "1"):
        with pytest.raises(ConfigError, match="GaussianNoise: stddev must be a number of at least 0"):
            GaussianNoise(stddev)
    assert GaussianNoise(0.3).is_random()
    with pytest.raises(ConfigError, match="forward needs a key"):
        GaussianNoise(0.3).forward({}, {}, X, None, True)
