import numpy as np
import pytest
from scipy import integrate, stats

from pellucid.errors import ConfigError, ShapeError
from pellucid.losses import GaussianKL


def code(mean, log_variance):
    return {"mean": np.array(mean), "log_variance": np.array(log_variance)}


def test_by_hand():
    """Mean 1, variance 1: 1/2. Mean 0, variance 4: (4 - 1 - ln 4) / 2. The standard normal itself: 0."""
    y = code([[1.0, 0.0], [0.0, 0.0]], [[0.0, np.log(4.0)], [0.0, 0.0]])
    np.testing.assert_allclose(GaussianKL().value(y), [0.5 + 1.5 - np.log(2.0), 0.0], rtol=1e-15)
    gradient = GaussianKL(2.0).gradient(y)
    np.testing.assert_allclose(gradient["mean"], [[2.0, 0.0], [0.0, 0.0]])
    np.testing.assert_allclose(gradient["log_variance"], [[0.0, 3.0], [0.0, 0.0]], rtol=1e-15)


@pytest.mark.parametrize(("mean", "log_variance"), [(0.7, -1.2), (-1.5, 0.4)])
def test_it_is_the_integral_it_stands_for(mean, log_variance):
    ours, standard = stats.norm(mean, np.exp(0.5 * log_variance)), stats.norm()
    integral, _ = integrate.quad(lambda z: ours.pdf(z) * (ours.logpdf(z) - standard.logpdf(z)), -12.0, 12.0)
    np.testing.assert_allclose(GaussianKL().value(code([[mean]], [[log_variance]])), integral, rtol=1e-9)


def test_a_code_close_to_standard_keeps_its_digits():
    """For small l, (exp(l) - 1 - l) / 2 is l^2 / 4."""
    np.testing.assert_allclose(GaussianKL().value(code([[0.0]], [[1e-6]])), 2.5e-13, rtol=1e-3)


def test_what_does_not_fit_is_refused():
    with pytest.raises(ConfigError, match="GaussianKL: strength must be a number of at least 0"):
        GaussianKL(-1.0)
    assert not GaussianKL.uses_target
    with pytest.raises(ShapeError, match=r"needs mean and log_variance.* not an array of shape \(2, 3\)"):
        GaussianKL().value(np.zeros((2, 3)))
    with pytest.raises(ShapeError, match="they must be alike"):
        GaussianKL().value(code(np.zeros((2, 3)), np.zeros((2, 4))))
