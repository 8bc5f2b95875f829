import numpy as np
import pytest

from pellucid.errors import ConfigError
from pellucid.layers import Dense
from pellucid.losses import ActivityL1
from pellucid.runs import fit


def test_by_hand():
    """``0.5 (|-2| + |0| + |3|) = 2.5``; the gradient is half the sign, 0 at 0."""
    loss, y = ActivityL1(0.5), np.array([[-2.0, 0.0, 3.0], [0.0, 0.0, 0.0]])
    assert loss.value(y, None).tolist() == [2.5, 0.0]
    assert loss.gradient(y, None).tolist() == [[-0.5, 0.0, 0.5], [0.0, 0.0, 0.0]]
    assert not loss.uses_target
    loss.check_target(y, None)


def test_a_nan_is_not_hidden():
    assert np.isnan(ActivityL1(0.5).value(np.array([[np.nan, 1.0]]), None)).all()


@pytest.mark.parametrize("strength", [-1.0, np.inf, "much", True])
def test_strength_is_a_number_of_at_least_0(strength):
    with pytest.raises(ConfigError, match="strength must be a number of at least 0"):
        ActivityL1(strength)


def test_alone_it_is_measured_without_a_target():
    x = np.ones((4, 3))
    trained = fit(Dense(2), ActivityL1(0.5), (x, x), epochs=1)
    assert list(trained.evaluate(x, x)) == ["loss"]
