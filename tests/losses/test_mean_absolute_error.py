import numpy as np
from sklearn.metrics import mean_absolute_error

from pellucid.losses import MeanAbsoluteError


def test_by_hand():
    y, target = np.array([[1.0, 2.0], [0.0, 0.0]]), np.array([[0.0, 4.0], [0.0, 1.0]])
    assert MeanAbsoluteError().value(y, target).tolist() == [1.5, 0.5]
    assert MeanAbsoluteError().gradient(y, target).tolist() == [[0.5, -0.5], [0.0, -0.5]]  # 0 where they agree


def test_the_mean_over_examples_is_scikit_learns():
    rng = np.random.default_rng(0)
    y, target = rng.normal(size=(7, 3)), rng.normal(size=(7, 3))
    np.testing.assert_allclose(MeanAbsoluteError().value(y, target).mean(), mean_absolute_error(target, y), rtol=1e-14)
