"""All ways of the sums of a convolution give the same; on a GPU the library's is taken."""

from __future__ import annotations

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from pellucid import ops
from pellucid.initializers import Constant
from pellucid.layers import Conv1D, Conv2D, ConvTranspose1D, ConvTranspose2D, DepthwiseConv2D
from pellucid.layers.correlation import EachChannel, Library, OneChannel, Products, ProductsByGroup, correlation
from pellucid.layers.windows import Windows

B = Constant(0.3)
LAYERS = (
    [Conv2D(6, (3, 2), stride, padding, dilation, groups, bias=B)
     for stride, dilation in ((1, 1), ((3, 2), (2, 3))) for groups in (1, 2, 6)
     for padding in ("valid", "same", ((4, 0), (1, 3)))]
    + [kind(4, 3, 2, padding, 2, 2) for kind in (ConvTranspose2D, ConvTranspose1D, Conv1D)
       for padding in ("valid", "same")]
    + [ConvTranspose2D(3, 2, 3, "same"), ConvTranspose2D(3, (3, 2), 1, ((2, 0), (1, 1)), (3, 1), groups=3)]
    + [DepthwiseConv2D((3, 2), 2, (2, 1), "same"), DepthwiseConv2D(2)]
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
    monkeypatch.setattr(ops, "has_fast_convolution", lambda x: True)
    with jax.enable_x64(True):
        library = jax.jit(lambda *given: run(layer, *given))(params, jnp.asarray(x), jnp.asarray(dy))
    for ours, theirs in zip(jax.tree.leaves(products), jax.tree.leaves(library), strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=1e-10, atol=1e-10)


def test_each_machine_has_its_way(monkeypatch):
    windows = Windows((5,), (2,), (1,), (1,), ((0, 0),))
    shared, own = np.ones((2, 3, 6)), np.ones((2, 1, 6))
    assert correlation(windows, 1, shared) == correlation(windows, 1, jnp.asarray(shared)) == Products(windows, 1)
    assert correlation(windows, 3, own) == correlation(windows, 3, jnp.asarray(own)) == EachChannel(windows, 3)
    assert correlation(windows, 1, own) == OneChannel(windows, 1)
    assert correlation(windows, 3, shared) == ProductsByGroup(windows, 3)
    monkeypatch.setattr(jax, "default_backend", lambda: "gpu")
    assert correlation(windows, 3, jnp.asarray(own)) == Library(windows, 3)
    assert correlation(windows, 1, shared) == Products(windows, 1)
