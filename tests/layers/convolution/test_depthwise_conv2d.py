from __future__ import annotations

import numpy as np
import pytest

from pellucid import ops
from pellucid.errors import ConfigError, ShapeError
from pellucid.initializers import Constant
from pellucid.layers import Conv2D, DepthwiseConv2D


@pytest.mark.parametrize("multiplier", [1, 3])
@pytest.mark.parametrize(("stride", "padding", "dilation"), [(1, "valid", 1), ((2, 1), "same", (1, 2))])
def test_every_channel_is_a_convolution_of_its_own(multiplier, stride, padding, dilation):
    layer = DepthwiseConv2D((2, 3), multiplier, stride, padding, dilation, bias=Constant(0.3))
    alone = Conv2D(multiplier, (2, 3), stride, padding, dilation)
    rng = np.random.default_rng(0)
    x = rng.normal(size=(2, 5, 6, 4))
    params, _ = layer.init(ops.key(0), x)
    y, cache, _ = layer.forward(params, {}, x)
    dy = rng.normal(size=y.shape)
    dparams, dx = layer.backward(params, cache, dy)
    for c in range(4):
        own = slice(c * multiplier, (c + 1) * multiplier)
        weights = {"W": params["W"][..., own], "b": params["b"][own]}
        expected, cache, _ = alone.forward(weights, {}, x[..., c : c + 1])
        expected_dparams, expected_dx = alone.backward(weights, cache, dy[..., own])
        np.testing.assert_allclose(y[..., own], expected, rtol=1e-12, atol=1e-13)
        np.testing.assert_allclose(dx[..., c : c + 1], expected_dx, rtol=1e-12, atol=1e-13)
        np.testing.assert_allclose(dparams["W"][..., own], expected_dparams["W"], rtol=1e-12, atol=1e-13)
        np.testing.assert_allclose(dparams["b"][own], expected_dparams["b"], rtol=1e-12)


def test_it_is_a_convolution_with_a_group_for_each_channel():
    x = np.random.default_rng(0).normal(size=(2, 5, 6, 4))
    depthwise, grouped = DepthwiseConv2D(3, 2), Conv2D(8, 3, groups=4)
    params, _ = depthwise.init(ops.key(0), x)
    assert params["W"].shape == (3, 3, 1, 8)
    np.testing.assert_array_equal(grouped.init(ops.key(0), x)[0]["W"], params["W"])
    np.testing.assert_array_equal(depthwise.forward(params, {}, x)[0], grouped.forward(params, {}, x)[0])


def test_what_does_not_fit_is_refused():
    with pytest.raises(ConfigError, match="DepthwiseConv2D: multiplier must be a whole number of at least 1"):
        DepthwiseConv2D(3, 0)
    with pytest.raises(ConfigError, match="DepthwiseConv2D: kernel"):
        DepthwiseConv2D(0)
    with pytest.raises(ShapeError, match=r"DepthwiseConv2D\(3\) has windows of 3 x 3, larger than x"):
        DepthwiseConv2D(3).init(ops.key(0), np.zeros((1, 2, 4, 1)))
    params, _ = DepthwiseConv2D(3, 2).init(ops.key(0), np.zeros((1, 4, 4, 3)))
    with pytest.raises(ShapeError, match="weights for 3 channels"):
        DepthwiseConv2D(3, 2).forward(params, {}, np.zeros((1, 4, 4, 4)))
