import numpy as np
import pytest

from pellucid.combinators import Chain
from pellucid.derivation import explain
from pellucid.errors import ConfigError, ShapeError
from pellucid.layers import Dense, Permute
from pellucid.losses import MeanSquaredError


def test_features_and_steps_change_places():
    x = np.arange(6.0).reshape(1, 3, 2)
    y, cache, _ = Permute((2, 1)).forward({}, {}, x)
    assert y[0].tolist() == [[0.0, 2.0, 4.0], [1.0, 3.0, 5.0]]
    np.testing.assert_array_equal(Permute((2, 1)).backward({}, cache, y)[1], x)


def test_a_round_of_three_axes_goes_back_the_other_way():
    x = np.arange(48.0).reshape(2, 2, 3, 4)
    y, cache, _ = Permute((3, 1, 2)).forward({}, {}, x)
    assert y.shape == (2, 4, 2, 3)
    assert y[1, 3, 0, 2] == x[1, 0, 2, 3]
    np.testing.assert_array_equal(Permute((3, 1, 2)).backward({}, cache, y)[1], x)


def test_it_is_explained_as_a_move():
    model, x = Chain(Permute((2, 1)), Dense(1)), np.arange(6.0).reshape(1, 3, 2)
    said = explain(model, MeanSquaredError(), x, np.zeros((1, 2, 1)), "x[2, 1]").text()
    assert "its axes in another order" in said


@pytest.mark.parametrize("axes", [(1, 1), (0, 1), (2,), (1, 3)])
def test_axes_that_are_no_order_are_refused(axes):
    with pytest.raises(ConfigError, match="must be the numbers from 1 to"):
        Permute(axes)


def test_another_number_of_axes_is_refused():
    with pytest.raises(ShapeError, match=r"needs x with 2 axes behind that of examples, not \(5, 4\)"):
        Permute((2, 1)).forward({}, {}, np.zeros((5, 4)))
