"""What makes a case: shapes, arrays and trees of either."""

from __future__ import annotations

import numpy as np
import pytest

from pellucid.check import LAYER_CHECKS, LayerCase, LossCase, run_check
from pellucid.errors import ConfigError
from pellucid.layer import Layer
from pellucid.layers import Identity
from pellucid.losses import HalfSquaredError


def test_arrays_and_trees_of_shapes_make_an_example():
    class Sum(Layer):
        """``y = x_0 + x_1``."""

        def forward(self, params, state, x, key=None, train=False):
            return x[0] + x[1], {}, state

        def backward(self, params, cache, dy):
            return {}, (dy, dy)

    given = np.arange(12.0).reshape(3, 4)
    case = LayerCase(Sum(), x=((3, 4), given))
    assert str(case) == "Sum() x ((3,4),(3,4))"
    assert (case.draw(0)["use"]["x"][1] == given).all()
    assert (case.draw(1)["use"]["x"][1] == np.roll(given, 1, axis=0)).all()
    assert case.draw(0, batch=1)["use"]["x"][0].shape == (1, 4)
    run_check(LAYER_CHECKS[1], case)


@pytest.mark.parametrize("shape", [(0, 3), (4, 0), (-1, 3), (), np.zeros((0, 3)), np.float64(1.0)], ids=str)
def test_a_case_without_examples_proves_nothing_and_is_refused(shape):
    for x in (shape, ((4, 3), shape)):
        with pytest.raises(ConfigError, match="LayerCase: x must have an axis of examples and no size below 1"):
            LayerCase(Identity(), x=x)
    with pytest.raises(ConfigError, match="LossCase: y must have"):
        LossCase(HalfSquaredError(), y=shape, target=(4, 3))
    with pytest.raises(ConfigError, match="LossCase: target must have"):
        LossCase(HalfSquaredError(), y=(4, 3), target=shape)
