import numpy as np
import pytest

from pellucid import ops
from pellucid.errors import ConfigError
from pellucid.layers import SELU, AlphaDropout, Dropout

X = np.random.default_rng(0).normal(size=(500, 400))


@pytest.mark.parametrize("rate", [0.05, 0.2, 0.5])
def test_mean_and_variance_stay(rate):
    y, _, _ = AlphaDropout(rate).forward({}, {}, X, ops.key(0), True)
    np.testing.assert_allclose(y.mean(), 0.0, atol=0.02)
    np.testing.assert_allclose(y.var(), 1.0, atol=0.02)


def test_forward_and_backward_by_hand():
    """With rate 1/2 and the lowest output -1.758099: a = 1 / sqrt(1/2 (1 + 1.545456)) = 0.886405, b = 0.779199.

    So a number left out is 0.886405 * -1.758099 + 0.779199 = -0.779188, but for rounding the opposite of b.
    """
    y, cache, _ = AlphaDropout(0.5).forward({}, {}, X, ops.key(0), True)
    left_out = cache["mask"] == 0.0
    assert 0.49 < left_out.mean() < 0.51
    np.testing.assert_allclose(y[left_out], -0.77919, atol=2e-5)
    np.testing.assert_allclose(y[~left_out], 0.886405 * X[~left_out] + 0.779199, atol=2e-5)
    _, dx = AlphaDropout(0.5).backward({}, cache, np.ones_like(X))
    np.testing.assert_allclose(dx, np.where(left_out, 0.0, 0.886405), atol=1e-6)


def test_numbers_left_out_are_set_to_where_selu_ends():
    """Before the affine map that brings mean and variance back, they are SELU's lowest output."""
    lowest = SELU().forward({}, {}, np.array([[-100.0]]))[0].item()
    rate = 0.3
    y, cache, _ = AlphaDropout(rate).forward({}, {}, X, ops.key(0), True)
    kept = cache["mask"] > 0.0
    a, b = np.polyfit(X[kept], y[kept], 1)
    np.testing.assert_allclose((y[~kept] - b) / a, lowest, rtol=1e-9)


def test_it_leaves_out_what_dropout_leaves_out():
    mine = AlphaDropout(0.4).forward({}, {}, X, ops.key(3), True)[1]["mask"]
    plain = Dropout(0.4).forward({}, {}, X, ops.key(3), True)[1]["mask"]
    np.testing.assert_array_equal(mine == 0.0, plain == 0.0)


def test_in_use_and_at_rate_0_nothing_happens():
    for rate, train in ((0.5, False), (0.0, True)):
        y, cache, _ = AlphaDropout(rate).forward({}, {}, X, ops.key(0), train)
        np.testing.assert_array_equal(y, X)
        np.testing.assert_array_equal(AlphaDropout(rate).backward({}, cache, X)[1], X)


def test_what_does_not_fit_is_refused():
    with pytest.raises(ConfigError, match="AlphaDropout: rate must be"):
        AlphaDropout(1.0)
    with pytest.raises(ConfigError, match=r"AlphaDropout\(0.5\) draws at random in training: forward needs a key"):
        AlphaDropout(0.5).forward({}, {}, X, None, True)
