from __future__ import annotations

import jax
import numpy as np
import pytest

from pellucid import ops
from pellucid.errors import ShapeError
from pellucid.initializers import Constant
from pellucid.layers import Conv1D, Conv2D, ConvTranspose1D, ConvTranspose2D


def test_forward_and_backward_by_hand():
    """2 puts (2 4 6) at 0, 3 puts (3 6 9) two further on; 0.5 everywhere."""
    layer = ConvTranspose1D(1, 3, stride=2)
    params = {"W": np.array([1.0, 2.0, 3.0]).reshape(3, 1, 1), "b": np.array([0.5])}
    y, cache, _ = layer.forward(params, {}, np.array([2.0, 3.0]).reshape(1, 2, 1))
    assert y.ravel().tolist() == [2.5, 4.5, 9.5, 6.5, 9.5]
    dparams, dx = layer.backward(params, cache, np.array([1.0, 0.0, 1.0, 10.0, 0.0]).reshape(1, 5, 1))
    assert dx.ravel().tolist() == [4.0, 21.0]
    assert dparams["W"].ravel().tolist() == [5.0, 30.0, 2.0]  # such as 2 * 1 + 3 * 1
    assert dparams["b"].tolist() == [12.0]


@pytest.mark.parametrize("padding", ["valid", "same", "pairs"])
@pytest.mark.parametrize(
    ("kernel", "stride", "dilation", "groups"), [(3, 1, 1, 1), (2, 3, 1, 2), (3, 2, 2, 1), (4, 2, 1, 2)]
)
@pytest.mark.parametrize("axes", [1, 2])
def test_it_is_the_adjoint_of_convolution(axes, kernel, stride, dilation, groups, padding):
    pairs = ((1, 0),) if axes == 1 else ((1, 0), (0, 1))
    options = (kernel, stride, pairs if padding == "pairs" else padding, dilation, groups, False)
    back, there = (kinds[axes - 1] for kinds in ((ConvTranspose1D, ConvTranspose2D), (Conv1D, Conv2D)))
    rng = np.random.default_rng(0)
    x = rng.normal(size=(2, *(5, 4)[:axes], 6))
    params, _ = back(4, *options).init(ops.key(0), x)
    y, _, _ = back(4, *options).forward(params, {}, x)
    if padding == "same":
        assert y.shape[1:-1] == tuple(stride * n for n in x.shape[1:-1])
    other = rng.normal(size=y.shape)
    correlated, _, _ = there(6, *options).forward(params, {}, other)
    np.testing.assert_allclose((correlated * x).sum(), (other * y).sum(), rtol=1e-12)


@pytest.mark.parametrize(
    ("padding", "stride", "kernel"), [("valid", 2, 3), ("same", 2, 3), ("same", 3, 2), ("same", 2, 4)]
)
def test_it_is_that_of_jax(padding, stride, kernel):
    layer = ConvTranspose2D(3, kernel, stride, padding, use_bias=False)
    x = np.random.default_rng(0).normal(size=(2, 4, 5, 2)).astype(np.float32)
    params, _ = layer.init(ops.key(0), x)
    theirs = jax.lax.conv_transpose(
        x,
        params["W"],
        (stride, stride),
        padding.upper(),
        dimension_numbers=("NHWC", "HWIO", "NHWC"),
        transpose_kernel=True,
    )
    np.testing.assert_allclose(layer.forward(params, {}, x)[0], theirs, rtol=1e-5, atol=1e-5)


@pytest.mark.parametrize(("stride", "padding", "dilation", "groups"), [(1, 0, 1, 1), (2, 1, 1, 2), (3, 2, 2, 1)])
def test_it_is_that_of_torch(stride, padding, dilation, groups):
    torch = pytest.importorskip("torch")
    layer = ConvTranspose2D(4, (3, 2), stride, ((padding, padding),) * 2, dilation, groups, bias=Constant(0.3))
    x = np.random.default_rng(0).normal(size=(2, 5, 4, 6))
    params, _ = layer.init(ops.key(0), x)
    y, cache, _ = layer.forward(params, {}, x)
    # torch has W as (C, K / groups, *size), ours is (*size, K / groups, C)
    theirs_x = torch.tensor(x.transpose(0, 3, 1, 2), requires_grad=True)
    theirs_W = torch.tensor(params["W"].transpose(3, 2, 0, 1).copy(), requires_grad=True)
    theirs = torch.nn.functional.conv_transpose2d(
        theirs_x, theirs_W, torch.tensor(params["b"]), stride, padding, groups=groups, dilation=dilation
    )
    dy = np.random.default_rng(1).normal(size=y.shape)
    theirs.backward(torch.tensor(dy.transpose(0, 3, 1, 2)))
    dparams, dx = layer.backward(params, cache, dy)
    np.testing.assert_allclose(y.transpose(0, 3, 1, 2), theirs.detach(), rtol=1e-12, atol=1e-12)
    np.testing.assert_allclose(dx.transpose(0, 3, 1, 2), theirs_x.grad, rtol=1e-12, atol=1e-12)
    np.testing.assert_allclose(dparams["W"].transpose(3, 2, 0, 1), theirs_W.grad, rtol=1e-12, atol=1e-12)


def test_what_does_not_fit_is_refused():
    with pytest.raises(ShapeError, match=r"nothing is left of it: take less padding"):
        ConvTranspose1D(1, 2, padding=((1, 2),)).init(ops.key(0), np.zeros((1, 2, 1)))
    with pytest.raises(ShapeError, match=r"nothing is left"):
        ConvTranspose1D(1, 2).init(ops.key(0), np.zeros((1, 0, 1)))
    with pytest.raises(ShapeError, match=r"needs x of shape \(batch, height, width, channels\)"):
        ConvTranspose2D(1, 2).init(ops.key(0), np.zeros((1, 4, 1)))
    params, _ = ConvTranspose2D(4, 2, groups=2).init(ops.key(0), np.zeros((1, 4, 4, 6)))
    with pytest.raises(ShapeError, match="weights for 6 channels"):
        ConvTranspose2D(4, 2, groups=2).forward(params, {}, np.zeros((1, 4, 4, 4)))
