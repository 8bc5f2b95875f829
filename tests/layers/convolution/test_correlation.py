"""All ways of the sums of a convolution give the same, and each machine and dtype has its own."""

from __future__ import annotations

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from pellucid import ops
from pellucid.initializers import Constant
from pellucid.layers import Conv1D, Conv2D, ConvTranspose1D, ConvTranspose2D, DepthwiseConv2D
from pellucid.layers.convolution.correlation import correlation
from pellucid.layers.convolution.correlation.choice import ByGroup, FewChannels
from pellucid.layers.convolution.correlation.jax_library import Library, LibraryOnCPU
from pellucid.layers.convolution.correlation.products import EachChannel, Products
from pellucid.layers.windows import Windows

B = Constant(0.3)
LAYERS = (
    [Conv2D(6, (3, 2), stride, padding, dilation, groups, bias=B)
     for stride, dilation in ((1, 1), ((3, 2), (2, 3))) for groups in (1, 2, 6)
     for padding in ("valid", "same", ((4, 0), (1, 3)))]
    + [kind(4, 3, 2, padding, 2, 2) for kind in (ConvTranspose2D, ConvTranspose1D, Conv1D)
       for padding in ("valid", "same")]
    + [ConvTranspose2D(3, 2, 3, "same"), ConvTranspose2D(3, (3, 2), 1, ((2, 0), (1, 1)), (3, 1), groups=3)]
    + [DepthwiseConv2D((3, 2), 2, (2, 1), "same"), DepthwiseConv2D(2), Conv2D(16, 3), Conv1D(16, 3)]
)  # fmt: skip


def run(layer, params, x, dy):
    y, cache, _ = layer.forward(params, {}, x)
    return y, *layer.backward(params, cache, dy)


@pytest.mark.parametrize("layer", LAYERS, ids=repr)
def test_the_library_gives_what_products_give(layer, monkeypatch):
    rng = np.random.default_rng(0)
    x = rng.normal(size=(2, 9, 6) if layer.__class__.__name__.endswith("1D") else (2, 9, 8, 6))
    params, _ = layer.init(ops.key(0), x)
    dy = rng.normal(size=layer.forward(params, {}, x)[0].shape)
    products = run(layer, params, x, dy)
    monkeypatch.setattr(ops, "on_accelerator", lambda x: True)
    with jax.enable_x64(True):
        library = jax.jit(lambda *given: run(layer, *given))(params, jnp.asarray(x), jnp.asarray(dy))
    for ours, theirs in zip(jax.tree.leaves(products), jax.tree.leaves(library), strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=1e-10, atol=1e-10)


@pytest.mark.parametrize(
    ("layer", "channels"),
    [(layer, n) for n in (1, 4, 6) for layer in LAYERS if n % getattr(layer, "groups", 1) == 0],
    ids=repr,
)
def test_in_float32_the_library_gives_what_products_give(layer, channels):
    rng = np.random.default_rng(0)
    space = (9,) if layer.__class__.__name__.endswith("1D") else (9, 8)
    x = rng.normal(size=(2, *space, channels)).astype(np.float32)
    params, _ = layer.init(ops.key(0), x)
    dy = rng.normal(size=layer.forward(params, {}, x)[0].shape).astype(np.float32)
    products = run(layer, params, x, dy)
    library = jax.jit(lambda *given: run(layer, *given))(params, jnp.asarray(x), jnp.asarray(dy))
    for ours, theirs in zip(jax.tree.leaves(products), jax.tree.leaves(library), strict=True):
        assert theirs.dtype == np.float32
        np.testing.assert_allclose(ours, theirs, rtol=1e-4, atol=1e-4)


@pytest.mark.parametrize("kind", [Library, LibraryOnCPU])
@pytest.mark.parametrize("padding", [(0, 0), (6, 0), (0, 6), (6, 1)])
@pytest.mark.parametrize(("size", "stride", "dilation"), [(1, 7, 1), (2, 2, 2), (3, 1, 1), (3, 2, 1), (3, 7, 1)])
@pytest.mark.parametrize("length", [3, 4])
def test_windows_may_lie_in_the_padding_alone(kind, padding, size, stride, dilation, length):
    windows = Windows((length,), (size,), (stride,), (dilation,), (padding,))
    rng = np.random.default_rng(0)
    shapes = (2, length, 5), (size, 5, 3), (2, *windows.counts, 3)
    given = [rng.normal(size=shape).astype(np.float32) for shape in shapes]

    def run(sums, x, W, dy):
        return sums.forward(x, W), sums.by_input(dy, W), sums.by_kernel(x, dy, W)

    library = jax.jit(lambda *given: run(kind(windows, 1), *given))(*given)
    for ours, theirs in zip(run(Products(windows, 1), *given), library, strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=1e-4, atol=1e-4)


def test_each_machine_and_dtype_has_its_way(monkeypatch):
    windows = Windows((5,), (2,), (1,), (1,), ((0, 0),))
    shared, few, own = (np.ones((2, n, 6), np.float32) for n in (5, 4, 1))
    for W in (shared, few, own):
        assert correlation(windows, 1, W) == Products(windows, 1)
        assert correlation(windows, 1, jnp.asarray(W, dtype="bfloat16")) == Products(windows, 1)
    assert correlation(windows, 1, jnp.asarray(shared)) == LibraryOnCPU(windows, 1)
    assert correlation(windows, 1, jnp.asarray(few)) == FewChannels(windows, 1)
    assert correlation(windows, 1, jnp.asarray(own)) == FewChannels(windows, 1)
    assert correlation(windows, 3, own) == correlation(windows, 3, jnp.asarray(own)) == EachChannel(windows, 3)
    assert correlation(windows, 3, few) == correlation(windows, 3, jnp.asarray(few)) == ByGroup(windows, 3)
    monkeypatch.setattr(jax, "default_backend", lambda: "gpu")
    assert correlation(windows, 3, jnp.asarray(own)) == Library(windows, 3)
    assert correlation(windows, 1, shared) == Products(windows, 1)
