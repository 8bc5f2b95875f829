import numpy as np
import pytest
import scipy.special

from pellucid.errors import ConfigError
from pellucid.losses import Huber


@pytest.mark.parametrize("delta", [0.5, 1.0, 3.0])
def test_values_are_scipys(delta):
    error = np.concatenate([np.linspace(-5.0, 5.0, 101), [delta, -delta]])[:, None]
    value = Huber(delta=delta).value(error, np.zeros_like(error))
    np.testing.assert_allclose(value, scipy.special.huber(delta, error[:, 0]), rtol=1e-14, atol=1e-16)


def test_by_hand():
    y, target = np.array([[0.5, -3.0]]), np.zeros((1, 2))
    assert Huber().value(y, target).tolist() == [(0.125 + 2.5) / 2]
    assert Huber().gradient(y, target).tolist() == [[0.25, -0.5]]


def test_an_outlier_that_would_overflow_when_squared():
    y, target = np.array([[1e30]], dtype=np.float32), np.zeros((1, 1), dtype=np.float32)
    assert Huber(delta=2.0).value(y, target).item() == pytest.approx(2e30)
    assert Huber(delta=2.0).gradient(y, target).item() == 2.0


@pytest.mark.parametrize("delta", [0.0, -1.0, float("inf"), float("nan"), "1"])
def test_a_bad_delta_is_refused(delta):
    with pytest.raises(ConfigError, match="Huber: delta must be a number above 0"):
        Huber(delta=delta)
