import jax
import jax.numpy as jnp
import numpy as np
import pytest

from pellucid import ops
from pellucid.errors import ConfigError, ShapeError, UnknownNameError
from pellucid.initializers import Constant, Zeros
from pellucid.layers import Conv1D, Conv2D

LAYOUT = {1: ("NWC", "WIO", "NWC"), 2: ("NHWC", "HWIO", "NHWC")}


def by_the_library(layer, x, W):
    """The same convolution by XLA, which pads, steps and dilates by its own rules."""
    axes = x.ndim - 2
    stride, dilation = (size if isinstance(size, tuple) else (size,) * axes for size in (layer.stride, layer.dilation))
    padding = layer.padding.upper() if isinstance(layer.padding, str) else layer.padding
    return jax.lax.conv_general_dilated(
        x,
        W,
        stride,
        padding,
        rhs_dilation=dilation,
        dimension_numbers=LAYOUT[axes],
        feature_group_count=layer.groups,
        precision="highest",
    )


def test_forward_and_backward_by_hand():
    """Windows (1 2, 4 5), (2 3, 5 6), (4 5, 7 8), (5 6, 8 9) times (1 0, 0 -1): each is a - d = -4, and 0.5 more."""
    layer = Conv2D(1, 2)
    params = {"W": np.array([[1.0, 0.0], [0.0, -1.0]]).reshape(2, 2, 1, 1), "b": np.array([0.5])}
    x = np.arange(1.0, 10.0).reshape(1, 3, 3, 1)
    y, cache, state = layer.forward(params, {}, x)
    dparams, dx = layer.backward(params, cache, np.array([1.0, 2.0, 0.0, 3.0]).reshape(1, 2, 2, 1))
    assert y.ravel().tolist() == [-3.5] * 4
    assert dparams["W"].ravel().tolist() == [20.0, 26.0, 38.0, 44.0]  # such as 1 * 1 + 2 * 2 + 3 * 5
    assert dparams["b"].tolist() == [6.0]
    assert dx[0, :, :, 0].tolist() == [[1.0, 2.0, 0.0], [0.0, 2.0, -2.0], [0.0, 0.0, -3.0]]
    assert state == {}


@pytest.mark.parametrize("padding", ["valid", "same", "pairs"])
@pytest.mark.parametrize("dilation", [1, 2, (1, 3)])
@pytest.mark.parametrize("stride", [1, 2, (3, 1)])
@pytest.mark.parametrize("kernel", [1, (2, 3)])
def test_conv2d_is_that_of_the_library(kernel, stride, dilation, padding):
    layer = Conv2D(4, kernel, stride, ((1, 0), (2, 3)) if padding == "pairs" else padding, dilation, bias=Constant(0.3))
    compare(layer, (2, 8, 9, 3))


@pytest.mark.parametrize("padding", ["valid", "same", ((2, 1),)])
@pytest.mark.parametrize(("stride", "dilation"), [(1, 1), (2, 1), (1, 3), (3, 2)])
def test_conv1d_is_that_of_the_library(stride, dilation, padding):
    compare(Conv1D(4, 3, stride, padding, dilation, bias=Constant(0.3)), (2, 11, 3))


@pytest.mark.parametrize("padding", ["valid", "same"])
@pytest.mark.parametrize(("filters", "groups"), [(4, 2), (6, 3), (6, 6), (12, 6)])
def test_groups_are_those_of_the_library(filters, groups, padding):
    compare(Conv2D(filters, (2, 3), 2, padding, groups=groups, bias=Constant(0.3)), (2, 5, 6, 6))
    compare(Conv1D(filters, 3, 1, padding, 2, groups, bias=Constant(0.3)), (2, 7, 6))


def compare(layer, shape):
    """Outputs and both gradients with those of XLA's own convolution."""
    rng = np.random.default_rng(0)
    x = rng.normal(size=shape)
    params, _ = layer.init(ops.key(0), x)
    y, cache, _ = layer.forward(params, {}, x)
    dy = rng.normal(size=y.shape)
    dparams, dx = layer.backward(params, cache, dy)
    with jax.enable_x64(True):
        expected, pull = jax.vjp(lambda x, W: by_the_library(layer, x, W), jnp.asarray(x), jnp.asarray(params["W"]))
        expected_dx, expected_dW = pull(jnp.asarray(dy))
    np.testing.assert_allclose(y, np.asarray(expected) + 0.3, rtol=1e-12, atol=1e-13)
    np.testing.assert_allclose(dx, expected_dx, rtol=1e-12, atol=1e-13)
    np.testing.assert_allclose(dparams["W"], expected_dW, rtol=1e-12, atol=1e-12)
    np.testing.assert_allclose(dparams["b"], dy.reshape(-1, layer.filters).sum(axis=0), rtol=1e-12)


def test_without_a_bias_there_is_none():
    layer = Conv2D(2, 3, use_bias=False)
    x = np.ones((1, 4, 4, 1))
    params, _ = layer.init(ops.key(0), x)
    y, cache, _ = layer.forward(params, {}, x)
    assert set(params) == set(layer.backward(params, cache, y)[0]) == {"W"}


def test_both_engines_agree_and_keep_float32():
    rng = np.random.default_rng(0)
    layer = Conv2D(4, 3, stride=2, padding="same", dilation=2)
    x = rng.normal(size=(2, 8, 7, 3)).astype(np.float32)
    params, _ = layer.init(ops.key(0), x)

    def run(params, x):
        y, cache, _ = layer.forward(params, {}, x)
        return y, *layer.backward(params, cache, y)

    eager = run(params, x)
    compiled = jax.jit(run)(params, x)
    for ours, theirs in zip(jax.tree.leaves(eager), jax.tree.leaves(compiled), strict=True):
        assert ours.dtype == theirs.dtype == np.float32
        np.testing.assert_allclose(ours, theirs, rtol=1e-4, atol=1e-5)


def test_first_weights_know_how_many_numbers_a_filter_sees():
    class Fans(Constant):
        def __call__(self, key, shape, fan_in, fan_out, dtype):
            return np.full(shape, 1000.0 * fan_in + fan_out, dtype)

    params, state = Conv2D(5, (3, 2), weight=Fans(0.0)).init(ops.key(0), np.zeros((1, 4, 4, 7), np.float32))
    assert params["W"].shape == (3, 2, 7, 5)
    assert params["b"].shape == (5,)
    assert (params["W"] == 42_030.0).all()  # 3 * 2 * 7 in, 3 * 2 * 5 out
    assert params["W"].dtype == params["b"].dtype == np.float32
    assert state == {}


def test_fields_that_cannot_be_are_refused():
    for kernel in (0, -1, 2.5, True, (3, 0)):
        with pytest.raises(ConfigError, match="Conv2D: kernel must be a whole number of at least 1"):
            Conv2D(4, kernel)
    for stride in ((1, 1, 1), [2, 2], ()):
        with pytest.raises(ConfigError, match="Conv2D: stride must be a whole number or a tuple of 2"):
            Conv2D(4, 3, stride)
    with pytest.raises(UnknownNameError, match="unknown padding 'sam': did you mean same"):
        Conv2D(4, 3, padding="sam")
    for padding in (1, (1, 1), ((1, 1),), ((1, 1), (1,)), [[1, 1], [1, 1]], None):
        with pytest.raises(ConfigError, match=r"such as \(\(1, 1\), \(1, 1\)\), not"):
            Conv2D(4, 3, padding=padding)
    with pytest.raises(ConfigError, match="padding must be a whole number of at least 0, not -1"):
        Conv1D(4, 3, padding=((-1, 0),))
    with pytest.raises(ConfigError, match="groups must be a whole number of at least 1"):
        Conv2D(4, 3, groups=0)
    with pytest.raises(ConfigError, match="groups must divide filters, and 3 does not divide 4"):
        Conv2D(4, 3, groups=3)
    with pytest.raises(ConfigError, match="filters must be a whole number"):
        Conv1D(0, 3)
    with pytest.raises(ConfigError, match=r"write Zeros\(...\)"):
        Conv2D(4, 3, weight=Zeros)


def test_shapes_that_do_not_fit_are_refused():
    layer = Conv2D(4, (3, 5))
    with pytest.raises(ShapeError, match=r"needs x of shape \(batch, height, width, channels\), not \(2, 28, 28\)"):
        layer.init(ops.key(0), np.zeros((2, 28, 28)))
    with pytest.raises(ShapeError, match=r"windows of 3 x 5, larger than x of shape \(2, 9, 4, 1\)"):
        layer.init(ops.key(0), np.zeros((2, 9, 4, 1)))
    with pytest.raises(ShapeError, match=r"windows of 7, larger .* is 6 with its padding"):
        Conv1D(2, 3, padding=((1, 0),), dilation=3).init(ops.key(0), np.zeros((2, 5, 1)))
    with pytest.raises(ShapeError, match="larger than x"):
        Conv1D(2, 3, padding="same", stride=2).init(ops.key(0), np.zeros((2, 0, 1)))
    with pytest.raises(ShapeError, match=r"groups must divide the channels, and 2 does not divide the 3 of x"):
        Conv2D(4, 2, groups=2).init(ops.key(0), np.zeros((2, 4, 4, 3)))
    params, _ = layer.init(ops.key(0), np.zeros((2, 6, 6, 3)))
    with pytest.raises(ShapeError, match=r"weights for 3 channels, but x has shape \(2, 6, 6, 1\)"):
        layer.forward(params, {}, np.zeros((2, 6, 6, 1)))
