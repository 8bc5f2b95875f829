import jax
import jax.numpy as jnp
import numpy as np
import pytest

from pellucid import ops
from pellucid.errors import ConfigError, ShapeError
from pellucid.initializers import Constant, Zeros
from pellucid.layers import Dense


def test_forward_and_backward_by_hand():
    """net = (1 * 1 + 2 * 3 + 10, 1 * 2 + 2 * 4 + 20) = (17, 30)."""
    params = {"W": np.array([[1.0, 2.0], [3.0, 4.0]]), "b": np.array([10.0, 20.0])}
    y, cache, state = Dense(2).forward(params, {}, np.array([[1.0, 2.0]]))
    dparams, dx = Dense(2).backward(params, cache, np.array([[1.0, -1.0]]))
    assert y.tolist() == [[17.0, 30.0]]
    assert dparams["W"].tolist() == [[1.0, -1.0], [2.0, -2.0]]
    assert dparams["b"].tolist() == [1.0, -1.0]
    assert dx.tolist() == [[-1.0, -1.0]]
    assert state == {}


@pytest.mark.parametrize("use_bias", [True, False])
@pytest.mark.parametrize("shape", [(1, 3), (5, 3), (2, 4, 3)])
def test_backward_is_the_automatic_derivative(shape, use_bias):
    rng = np.random.default_rng(0)
    layer = Dense(2, use_bias=use_bias)
    x, dy = rng.normal(size=shape), rng.normal(size=(*shape[:-1], 2))
    params, _ = layer.init(ops.key(0), x)
    assert set(params) == ({"W", "b"} if use_bias else {"W"})
    _, cache, _ = layer.forward(params, {}, x)
    dparams, dx = layer.backward(params, cache, dy)
    with jax.enable_x64(True):
        _, pull = jax.vjp(
            lambda params, x: jnp.einsum("...d,dk->...k", x, params["W"]) + params.get("b", 0.0),
            jax.tree.map(jnp.asarray, params),
            jnp.asarray(x),
        )
        expected_dparams, expected_dx = pull(jnp.asarray(dy))
    np.testing.assert_allclose(dx, expected_dx, rtol=1e-12)
    assert set(dparams) == set(expected_dparams)
    for name, expected in expected_dparams.items():
        np.testing.assert_allclose(dparams[name], expected, rtol=1e-12)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_first_weights_have_the_shape_and_dtype_of_the_inputs(dtype):
    params, state = Dense(4, bias=Constant(0.5)).init(ops.key(0), np.zeros((1, 3), dtype=dtype))
    assert params["W"].shape == (3, 4)
    assert params["W"].dtype == params["b"].dtype == dtype
    assert params["b"].tolist() == [0.5] * 4
    assert state == {}
    assert (Dense(4, weight=Zeros()).init(ops.key(0), np.zeros((1, 3)))[0]["W"] == 0.0).all()


def test_what_does_not_fit_is_refused():
    for units in (0, -1, 2.5, True, "3"):
        with pytest.raises(ConfigError, match="Dense: units must be a whole number of at least 1"):
            Dense(units)
    with pytest.raises(ConfigError, match=r"weight must be an Initializer; write Zeros\(...\)"):
        Dense(3, weight=Zeros)
    with pytest.raises(ConfigError, match="use_bias must be a bool"):
        Dense(3, use_bias=1)
    with pytest.raises(ShapeError, match=r"one example is x\[None, :\]"):
        Dense(3).init(ops.key(0), np.zeros(5))
    params, _ = Dense(3).init(ops.key(0), np.zeros((1, 5)))
    with pytest.raises(ShapeError, match=r"weights for 5 features, but x has shape \(2, 4\)"):
        Dense(3).forward(params, {}, np.zeros((2, 4)))
