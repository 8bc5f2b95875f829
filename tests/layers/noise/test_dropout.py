import jax.numpy as jnp
import numpy as np
import pytest
from scipy import stats

from pellucid import ops
from pellucid.combinators import Chain
from pellucid.errors import ConfigError
from pellucid.layers import Dense, Dropout

X = np.random.default_rng(0).normal(size=(100, 200))


@pytest.mark.parametrize("rate", [0.1, 0.5, 0.8])
def test_as_many_numbers_are_left_out_as_the_rate_says_and_the_others_are_scaled(rate):
    y, cache, _ = Dropout(rate).forward({}, {}, X, ops.key(0), True)
    left_out = y == 0.0
    assert stats.binomtest(int(left_out.sum()), X.size, rate).pvalue > 0.001
    np.testing.assert_allclose(y[~left_out], X[~left_out] / (1.0 - rate), rtol=1e-14)
    assert set(np.unique(cache["mask"]).tolist()) == {0.0, 1.0 / (1.0 - rate)}
    np.testing.assert_array_equal(cache["mask"] == 0.0, left_out)


def test_gradients_pass_where_numbers_passed():
    y, cache, _ = Dropout(0.75).forward({}, {}, X, ops.key(0), True)
    dparams, dx = Dropout(0.75).backward({}, cache, np.ones_like(X))
    assert dparams == {}
    np.testing.assert_array_equal(dx, np.where(y == 0.0, 0.0, 4.0))


def test_in_use_nothing_happens():
    y, cache, _ = Dropout(0.5).forward({}, {}, X)
    np.testing.assert_array_equal(y, X)
    np.testing.assert_array_equal(Dropout(0.5).backward({}, cache, X)[1], X)


def test_a_rate_of_0_leaves_nothing_out():
    np.testing.assert_array_equal(Dropout(0.0).forward({}, {}, X, ops.key(0), True)[0], X)


def test_the_key_alone_decides_what_is_left_out():
    def left_out(key, x):
        return np.asarray(Dropout(0.5).forward({}, {}, x, key, True)[0] == 0.0)

    first = left_out(ops.key(1), X)
    np.testing.assert_array_equal(left_out(ops.key(1), X.astype(np.float32)), first)
    np.testing.assert_array_equal(left_out(jnp.asarray(ops.key(1)), jnp.asarray(X)), first)
    assert 0.4 < (left_out(ops.key(2), X) == first).mean() < 0.6


def test_nan_is_not_hidden():
    assert np.isnan(Dropout(0.9).forward({}, {}, np.full((1, 50), np.nan), ops.key(0), True)[0]).all()


def test_what_does_not_fit_is_refused():
    for rate in (1.0, -0.1, float("nan"), "0.5", True):
        with pytest.raises(ConfigError, match="Dropout: rate must be a number from 0 up to, not including, 1"):
            Dropout(rate)
    network = Chain(Dense(2), Dropout(0.5))
    assert network.is_random()
    params, state = network.init(ops.key(0), X)
    with pytest.raises(ConfigError, match=r"Dropout\(0.5\) draws at random in training: forward needs a key"):
        network.forward(params, state, X, None, True)
