import jax
import numpy as np
import pytest

from pellucid import ops
from pellucid.errors import ConfigError
from pellucid.layers import ContractiveDense, Dense, ReLU, Sigmoid, Tanh


@pytest.mark.parametrize(("activation", "code", "contraction"), [(Sigmoid(), 0.5, 5 / 16), (Tanh(), 0.0, 5.0)])
def test_contraction_by_hand(activation, code, contraction):
    """At a = 0 the slope is 1/4 (tanh: 1); weights 1 and 2 into the unit: 1/16 (1 + 4) (tanh: 5)."""
    params = {"W": np.array([[1.0], [2.0]]), "b": np.zeros(1)}
    y, _, _ = ContractiveDense(1, activation=activation).forward(params, {}, np.zeros((1, 2)))
    assert y == {"code": code, "contraction": contraction}


@pytest.mark.parametrize("activation", [Sigmoid(), Tanh()])
def test_contraction_is_the_squared_length_of_the_jacobian(activation):
    layer, x = ContractiveDense(3, activation=activation), np.random.default_rng(0).normal(size=(4, 5))
    params, _ = layer.init(ops.key(0), x)
    y, _, _ = layer.forward(params, {}, x)
    function = {Sigmoid: jax.nn.sigmoid, Tanh: jax.numpy.tanh}[type(activation)]
    with jax.enable_x64(True):
        jacobians = jax.vmap(jax.jacobian(lambda row: function(row @ params["W"] + params["b"])))(x)
        expected = np.asarray((jacobians**2).sum(axis=(1, 2)))
    np.testing.assert_allclose(y["contraction"][:, 0], expected, rtol=1e-12)


def test_the_code_is_that_of_dense_and_sigmoid():
    x = np.random.default_rng(0).normal(size=(4, 5))
    params, _ = ContractiveDense(3).init(ops.key(0), x)
    y, _, _ = ContractiveDense(3).forward(params, {}, x)
    np.testing.assert_array_equal(y["code"], ops.sigmoid(Dense(3).forward(params, {}, x)[0]))


def test_what_does_not_fit_is_refused():
    with pytest.raises(ConfigError, match=r"activation must be Sigmoid\(\) or Tanh\(\), not ReLU\(\)"):
        ContractiveDense(3, activation=ReLU())
    with pytest.raises(ConfigError, match="activation must be an Activation"):
        ContractiveDense(3, activation="tanh")
    with pytest.raises(ConfigError, match="ContractiveDense: units"):
        ContractiveDense(0)
