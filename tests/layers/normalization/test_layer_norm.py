import jax
import jax.numpy as jnp
import numpy as np
import pytest

from pellucid import ops
from pellucid.errors import ConfigError, ShapeError
from pellucid.layers import LayerNorm


def test_forward_and_backward_by_hand():
    """x = (1, 3): mean 2, variance 1, and with epsilon 3 the deviation is 2, so x_hat = (-1/2, 1/2).

    dy = (1, 0) and gamma = (4, 6): dx_hat = (4, 0), its mean is 2, that of dx_hat x_hat is -1, so
    dx = ((4, 0) - 2 - (-1/2, 1/2) (-1)) / 2 = (3/4, -3/4).
    """
    layer = LayerNorm(epsilon=3.0)
    params = {"gamma": np.array([4.0, 6.0]), "beta": np.array([10.0, 20.0])}
    y, cache, state = layer.forward(params, {}, np.array([[1.0, 3.0]]))
    dparams, dx = layer.backward(params, cache, np.array([[1.0, 0.0]]))
    assert y.tolist() == [[8.0, 23.0]]
    assert dparams["gamma"].tolist() == [-0.5, 0.0]
    assert dparams["beta"].tolist() == [1.0, 0.0]
    assert dx.tolist() == [[0.75, -0.75]]
    assert state == {}


@pytest.mark.parametrize("shape", [(1, 5), (6, 5), (2, 3, 5)])
def test_forward_and_backward_are_those_of_torch(shape):
    torch = pytest.importorskip("torch")
    rng = np.random.default_rng(0)
    x, dy = rng.normal(size=shape), rng.normal(size=shape)
    params = {"gamma": rng.normal(size=5), "beta": rng.normal(size=5)}
    theirs = {name: torch.tensor(leaf, requires_grad=True) for name, leaf in {**params, "x": x}.items()}
    expected = torch.nn.functional.layer_norm(theirs["x"], (5,), theirs["gamma"], theirs["beta"], 1e-3)
    expected.backward(torch.tensor(dy))
    y, cache, _ = LayerNorm(epsilon=1e-3).forward(params, {}, x)
    dparams, dx = LayerNorm(epsilon=1e-3).backward(params, cache, dy)
    np.testing.assert_allclose(y, expected.detach(), rtol=1e-12, atol=1e-14)
    for name, ours in {**dparams, "x": dx}.items():
        np.testing.assert_allclose(ours, theirs[name].grad, rtol=1e-10, atol=1e-13)


def test_outputs_are_those_of_jax_nn():
    x = np.random.default_rng(1).normal(3.0, 2.0, size=(4, 7))
    params, state = LayerNorm().init(ops.key(0), x)
    assert params["gamma"].tolist() == [1.0] * 7
    assert params["beta"].tolist() == [0.0] * 7
    assert state == {}
    with jax.enable_x64(True):
        expected = jax.nn.standardize(jnp.asarray(x), axis=-1, epsilon=1e-5)
    np.testing.assert_allclose(LayerNorm().forward(params, {}, x)[0], expected, rtol=1e-10)


def test_numbers_that_are_all_alike_give_beta():
    params, _ = LayerNorm().init(ops.key(0), np.ones((2, 4), np.float32))
    y, cache, _ = LayerNorm().forward(params, {}, np.full((2, 4), 7.0, np.float32))
    assert (y == 0.0).all()
    assert np.isfinite(LayerNorm().backward(params, cache, y + 1.0)[1]).all()


def test_what_does_not_fit_is_refused():
    for epsilon in (0.0, -1.0, float("nan")):
        with pytest.raises(ConfigError, match="LayerNorm: epsilon must be a number above 0"):
            LayerNorm(epsilon)
    with pytest.raises(ShapeError, match=r"one example is x\[None, :\]"):
        LayerNorm().init(ops.key(0), np.zeros(5))
    params, _ = LayerNorm().init(ops.key(0), np.zeros((1, 5)))
    with pytest.raises(ShapeError, match=r"weights for 5 features, but x has shape \(2, 1\)"):
        LayerNorm().forward(params, {}, np.zeros((2, 1)))
