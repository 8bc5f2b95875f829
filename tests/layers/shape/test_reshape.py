import numpy as np
import pytest

from pellucid import ops
from pellucid.combinators import Chain
from pellucid.errors import ConfigError, ShapeError
from pellucid.layers import Dense, Reshape


def test_forward_and_backward_keep_the_order():
    x = np.arange(12.0).reshape(2, 6)
    y, cache, state = Reshape((3, 2)).forward({}, {}, x)
    assert y[0].tolist() == [[0.0, 1.0], [2.0, 3.0], [4.0, 5.0]]
    assert y[1, 2, 0] == 10.0
    assert state == {}
    dparams, dx = Reshape((3, 2)).backward({}, cache, y)
    assert dparams == {}
    np.testing.assert_array_equal(dx, x)


@pytest.mark.parametrize("shape", [[2, 3], 6, (2, -1), (0,), (2.0, 3)])
def test_shapes_that_cannot_be_are_refused(shape):
    with pytest.raises(ConfigError, match="Reshape: shape"):
        Reshape(shape)


def test_numbers_that_do_not_fill_the_shape_are_refused_with_their_place():
    with pytest.raises(ShapeError, match=r"needs 6 numbers for each example, but x of shape \(1, 5\) has 5") as caught:
        Chain(Dense(5), Reshape((2, 3))).init(ops.key(0), np.zeros((1, 4)))
    assert caught.value.__notes__ == ["in reshape_1: Reshape((2, 3)) got x of shape (1, 5)"]
