import jax
import jax.numpy as jnp
import numpy as np
import pytest

from pellucid import ops
from pellucid.errors import ConfigError, ShapeError
from pellucid.initializers import Constant, Orthogonal
from pellucid.layers import Dense, Maxout, ReLU


def written_out(params, x):
    """The formula piece by piece."""
    return jnp.stack([x @ params["W"][:, p] + params["b"][p] for p in range(params["b"].shape[0])]).max(axis=0)


def example(shape, dtype=np.float64):
    rng = np.random.default_rng(0)
    layer = Maxout(4, pieces=3, bias=Constant(0.1))
    x, dy = rng.normal(size=shape).astype(dtype), rng.normal(size=(*shape[:-1], 4)).astype(dtype)
    params, _ = layer.init(ops.key(0), x)
    return layer, params, x, dy


@pytest.mark.parametrize("shape", [(1, 5), (6, 5), (2, 3, 5)])
def test_forward_and_backward_are_those_of_the_formula(shape):
    layer, params, x, dy = example(shape)
    y, cache, _ = layer.forward(params, {}, x)
    dparams, dx = layer.backward(params, cache, dy)
    with jax.enable_x64(True):
        expected, pull = jax.vjp(written_out, jax.tree.map(jnp.asarray, params), jnp.asarray(x))
        expected_dparams, expected_dx = pull(jnp.asarray(dy))
    np.testing.assert_allclose(y, expected, rtol=1e-13)
    np.testing.assert_allclose(dx, expected_dx, rtol=1e-12)
    for name in ("W", "b"):
        np.testing.assert_allclose(dparams[name], expected_dparams[name], rtol=1e-12, atol=1e-14)
    assert cache["z"].shape == (*shape[:-1], 3, 4)
    np.testing.assert_array_equal(cache["z"].max(axis=-2), y)


def test_relu_is_the_case_of_two_pieces_one_of_them_0():
    rng = np.random.default_rng(1)
    x, W, b, dy = rng.normal(size=(8, 3)), rng.normal(size=(3, 2)), rng.normal(size=2), rng.normal(size=(8, 2))
    params = {"W": np.stack([np.zeros_like(W), W], axis=1), "b": np.stack([np.zeros_like(b), b])}
    y, cache, _ = Maxout(2).forward(params, {}, x)
    dparams, dx = Maxout(2).backward(params, cache, dy)

    net, dense_cache, _ = Dense(2).forward({"W": W, "b": b}, {}, x)
    expected, relu_cache, _ = ReLU().forward({}, {}, net)
    _, dnet = ReLU().backward({}, relu_cache, dy)
    expected_dparams, expected_dx = Dense(2).backward({"W": W, "b": b}, dense_cache, dnet)
    np.testing.assert_allclose(y, expected, rtol=1e-14)
    np.testing.assert_allclose(dx, expected_dx, rtol=1e-13, atol=1e-15)
    np.testing.assert_allclose(dparams["W"][:, 1], expected_dparams["W"], rtol=1e-13, atol=1e-15)
    np.testing.assert_allclose(dparams["b"][1], expected_dparams["b"], rtol=1e-13)


def test_a_tie_goes_to_the_first_piece_also_for_automatic_derivatives():
    layer = Maxout(1, pieces=3)
    params = {"W": np.array([[[-5.0], [2.0], [2.0]]]), "b": np.zeros((3, 1))}
    x = np.array([[1.0]])
    _, cache, _ = layer.forward(params, {}, x)
    dparams, dx = layer.backward(params, cache, np.array([[1.0]]))
    assert dparams["W"].ravel().tolist() == [0.0, 1.0, 0.0]
    assert dparams["b"].ravel().tolist() == [0.0, 1.0, 0.0]
    assert dx.item() == 2.0
    automatic = jax.grad(lambda params: layer.forward(params, {}, jnp.ones((1, 1)))[0].sum())(
        jax.tree.map(jnp.asarray, params)
    )
    assert automatic["W"].ravel().tolist() == [0.0, 1.0, 0.0]


def test_both_engines_agree_and_keep_float32():
    layer, params, x, dy = example((6, 5), np.float32)

    def run(params, x, dy):
        y, cache, _ = layer.forward(params, {}, x)
        return y, *layer.backward(params, cache, dy)

    eager = run(params, x, dy)
    compiled = jax.jit(run)(jax.tree.map(jnp.asarray, params), jnp.asarray(x), jnp.asarray(dy))
    for ours, theirs in zip(jax.tree.leaves(eager), jax.tree.leaves(compiled), strict=True):
        assert ours.dtype == theirs.dtype == np.float32
        np.testing.assert_allclose(ours, theirs, rtol=1e-5, atol=1e-6)


def test_first_weights_are_drawn_piece_by_piece():
    layer = Maxout(3, pieces=2, weight=Orthogonal(), bias=Constant(0.5))
    params, state = layer.init(ops.key(3), np.zeros((1, 7)))
    assert params["W"].shape == (7, 2, 3)
    for p in range(2):
        np.testing.assert_allclose(params["W"][:, p].T @ params["W"][:, p], np.eye(3), atol=1e-14)
    assert abs(params["W"][:, 0] - params["W"][:, 1]).min() > 1e-6
    np.testing.assert_array_equal(params["b"], np.full((2, 3), 0.5))
    assert state == {}


def test_what_does_not_fit_is_refused():
    for sizes in ((0, 2), (3, 0), (2.5, 2), (True, 2)):
        with pytest.raises(ConfigError, match="must be a whole number of at least 1"):
            Maxout(*sizes)
    with pytest.raises(ConfigError, match="weight must be an Initializer"):
        Maxout(3, weight=Orthogonal)
    layer, params, x, _ = example((6, 5))
    with pytest.raises(ShapeError, match="needs x of shape"):
        layer.init(ops.key(0), x[0])
    with pytest.raises(ShapeError, match="weights for 5 features"):
        layer.forward(params, {}, x[:, :4])
