from __future__ import annotations

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from pellucid import ops
from pellucid.combinators import Chain, Concat, Residual, record
from pellucid.errors import ShapeError
from pellucid.layers import Dense, Identity, ReLU, Sigmoid, Tanh
from pellucid.losses import HalfSquaredError
from pellucid.trees import flatten


def example():
    model = Chain(encoder=Chain(Dense(4), Tanh()), middle=Residual(Dense(4)), heads=Concat(Dense(1), Identity()))
    x = np.random.default_rng(0).normal(size=(3, 2))
    return model, *model.init(ops.key(0), x), x


PATHS = ["encoder/dense_1", "encoder/tanh_1", "middle/dense_1", "heads/dense_1", "heads/identity_1"]


def test_what_goes_forward():
    model, params, state, x = example()
    taps = record(model, params, state, x)
    assert list(taps) == PATHS
    assert all(tap.keys() == {"x", "y"} for tap in taps.values())
    assert taps["encoder/dense_1"]["x"] is x
    assert np.array_equal(taps["encoder/tanh_1"]["x"], taps["encoder/dense_1"]["y"])
    h = np.tanh(x @ params["encoder"]["dense_1"]["W"])
    np.testing.assert_allclose(taps["encoder/tanh_1"]["y"], h)
    np.testing.assert_allclose(taps["heads/identity_1"]["x"], h + h @ params["middle"]["dense_1"]["W"])


def test_what_comes_back():
    """dy of one layer is dx of the next; where ways part, it is the sum."""
    model, params, state, x = example()
    loss, target = HalfSquaredError(), np.zeros((3, 5))
    y, cache, _ = model.forward(params, state, x)
    dparams, dx = model.backward(params, cache, loss.gradient(y, target))
    taps = record(model, params, state, x, lambda y: loss.gradient(y, target))
    assert np.array_equal(taps["heads/identity_1"]["dy"], y[:, 1:])
    assert np.array_equal(taps["encoder/dense_1"]["dx"], dx)
    assert np.array_equal(taps["encoder/tanh_1"]["dx"], taps["encoder/dense_1"]["dy"])
    np.testing.assert_allclose(
        taps["encoder/tanh_1"]["dy"], taps["middle/dense_1"]["dx"] + taps["middle/dense_1"]["dy"], rtol=1e-14
    )
    np.testing.assert_allclose(
        taps["middle/dense_1"]["dy"], taps["heads/dense_1"]["dx"] + taps["heads/identity_1"]["dx"], rtol=1e-14
    )
    for path in PATHS:
        parent, name = path.split("/")
        assert flatten(taps[path]["dparams"]).keys() == flatten(dparams[parent][name]).keys()
        for weight, gradient in taps[path]["dparams"].items():
            assert np.array_equal(gradient, dparams[parent][name][weight])


def test_the_network_of_two_two_and_two_units():
    """Mazur 2015, "A step by step backpropagation example": its nets, outputs and deltas by name."""
    model = Chain(hidden=Dense(2), hidden_out=Sigmoid(), output=Dense(2), out=Sigmoid())
    params = {
        "hidden": {"W": np.array([[0.15, 0.25], [0.20, 0.30]]), "b": np.array([0.35, 0.35])},
        "hidden_out": {},
        "output": {"W": np.array([[0.40, 0.50], [0.45, 0.55]]), "b": np.array([0.60, 0.60])},
        "out": {},
    }
    target = np.array([[0.01, 0.99]])
    taps = record(model, params, {name: {} for name in params}, np.array([[0.05, 0.10]]), lambda y: y - target)
    assert taps["hidden"]["y"][0, 0] == pytest.approx(0.3775)
    assert taps["hidden_out"]["y"][0] == pytest.approx([0.593269992, 0.596884378])
    assert taps["out"]["y"][0] == pytest.approx([0.75136507, 0.772928465])
    assert taps["output"]["dy"][0] == pytest.approx([0.138498562, -0.038098236], rel=1e-7)
    assert taps["output"]["dparams"]["W"][0, 0] == pytest.approx(0.082167041, rel=1e-7)
    assert taps["hidden"]["dparams"]["W"][0, 0] == pytest.approx(0.000438568, rel=1e-5)


def test_a_layer_alone_has_the_empty_path():
    taps = record(ReLU(), {}, {}, np.array([[-1.0, 2.0]]), lambda y: y)
    assert list(taps) == [""]
    assert taps[""]["dx"].tolist() == [[0.0, 2.0]]
    assert taps[""]["dparams"] == {}
    assert record(Chain(), {}, {}, np.zeros((1, 1))) == {}


def test_it_works_on_jax_and_inside_jit():
    model, params, state, x = example()
    eager = record(model, params, state, x, lambda y: y)
    with jax.enable_x64(True):
        compiled = jax.jit(lambda params, x: record(model, params, state, x, lambda y: y))(params, jnp.asarray(x))
    assert eager.keys() == compiled.keys()
    for path, leaf in flatten(eager).items():
        np.testing.assert_allclose(flatten(compiled)[path], leaf, rtol=1e-12, atol=1e-14)


def test_key_and_mode_reach_the_layers():
    seen = []

    class Sees(Identity):
        def forward(self, params, state, x, key=None, train=False):
            seen.append((tuple(key), train))
            return super().forward(params, state, x, key, train)

    model, empty, x = Chain(Identity(), Sees()), {"identity_1": {}, "sees_1": {}}, np.zeros((1, 1))
    record(model, empty, empty, x, key=ops.key(1), train=True)
    model.forward(empty, empty, x, ops.key(1), True)
    assert seen[0] == seen[1]


def test_an_error_names_the_layer_and_not_its_tap():
    model, params, state, _ = example()
    with pytest.raises(ShapeError) as caught:
        record(model, params, state, np.zeros((3, 7)))
    assert caught.value.__notes__ == ["in encoder/dense_1: Dense(4) got x of shape (3, 7)"]
