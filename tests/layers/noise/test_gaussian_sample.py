import numpy as np
import pytest
from scipy import stats

from pellucid import ops
from pellucid.errors import ConfigError, ShapeError
from pellucid.layers import GaussianSample

RNG = np.random.default_rng(0)
X = {"mean": RNG.normal(size=(100, 200)), "log_variance": RNG.normal(size=(100, 200))}


def test_draws_have_the_mean_and_the_variance_asked_for():
    z, _, _ = GaussianSample().forward({}, {}, X, ops.key(0), True)
    assert stats.kstest(((z - X["mean"]) / np.sqrt(np.exp(X["log_variance"]))).ravel(), "norm").pvalue > 0.001
    assert (z != GaussianSample().forward({}, {}, X, ops.key(1), True)[0]).all()


def test_in_use_it_gives_the_mean():
    z, cache, _ = GaussianSample().forward({}, {}, X)
    np.testing.assert_array_equal(z, X["mean"])
    _, dx = GaussianSample().backward({}, cache, z)
    np.testing.assert_array_equal(dx["mean"], z)
    assert not dx["log_variance"].any()


def test_backward_by_hand():
    """Deviation 3 and noise -1/2: z moves by 1 with the mean, and by 3 (-1/2) / 2 = -3/4 with the log-variance."""
    cache = {"deviation": np.array([[3.0]]), "noise": np.array([[-0.5]])}
    dparams, dx = GaussianSample().backward({}, cache, np.array([[2.0]]))
    assert dparams == {}
    assert dx == {"mean": 2.0, "log_variance": -1.5}


def test_what_does_not_fit_is_refused():
    layer = GaussianSample()
    assert layer.is_random()
    with pytest.raises(ConfigError, match="forward needs a key"):
        layer.forward({}, {}, X, None, True)
    with pytest.raises(ShapeError, match=r"needs mean and log_variance.* not an array of shape \(2, 3\)"):
        layer.init(ops.key(0), np.zeros((2, 3)))
    with pytest.raises(ShapeError, match=r"needs mean and log_variance.* not mean, variance"):
        layer.init(ops.key(0), {"mean": X["mean"], "variance": X["mean"]})
    with pytest.raises(ShapeError, match=r"a mean of shape \(2, 3\) and a log_variance of shape \(2, 4\)"):
        layer.init(ops.key(0), {"mean": np.zeros((2, 3)), "log_variance": np.zeros((2, 4))})
