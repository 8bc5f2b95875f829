import numpy as np

from pellucid.losses import HalfSquaredError


def test_by_hand():
    y, target = np.array([[1.0, 2.0], [0.0, 0.0]]), np.array([[0.0, 4.0], [0.0, 1.0]])
    assert HalfSquaredError().value(y, target).tolist() == [2.5, 0.5]
    assert HalfSquaredError().gradient(y, target).tolist() == [[1.0, -2.0], [0.0, -1.0]]
    assert HalfSquaredError().predict(y) is y
    assert HalfSquaredError.task == "regression"
