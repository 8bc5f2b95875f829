import jax
import numpy as np
import pytest

from pellucid import ops, trees
from pellucid.blocks import TiedAutoencoder
from pellucid.combinators import Chain, Residual
from pellucid.errors import ConfigError
from pellucid.initializers import Constant
from pellucid.layers import ContractiveDense, Dense, Dropout, Sigmoid, Tanh


def test_forward_and_backward_by_hand():
    """W = 2, biases 0 and x = 3: the code is 6, y = x W^2 = 12, dy/dW = 2 x W = 12, dy/dx = W^2 = 4."""
    model = TiedAutoencoder(Chain(code=Dense(1)))
    params = {
        "encoder": {"code": {"W": np.array([[2.0]]), "b": np.zeros(1)}},
        "decoder": {"code": {"b": np.zeros(1)}},
    }
    y, cache, _ = model.forward(params, {}, np.array([[3.0]]))
    dparams, dx = model.backward(params, cache, np.ones((1, 1)))
    assert cache["code"] == 6.0
    assert y == 12.0
    assert dparams == {"encoder": {"code": {"W": 12.0, "b": 2.0}}, "decoder": {"code": {"b": 1.0}}}
    assert dx == 4.0


def test_it_is_the_encoder_written_backwards():
    model = TiedAutoencoder(Chain(Dense(4, bias=Constant(0.3)), Tanh(), Dense(2), Sigmoid()))
    x = np.random.default_rng(0).normal(size=(5, 6))
    params, _ = model.init(ops.key(0), x)

    def by_hand(params, xp=np):
        first, second = params["encoder"]["dense_1"], params["encoder"]["dense_2"]
        code = 1.0 / (1.0 + xp.exp(-(xp.tanh(x @ first["W"] + first["b"]) @ second["W"] + second["b"])))
        hidden = xp.tanh(code @ second["W"].T + params["decoder"]["dense_2"]["b"])
        return hidden @ first["W"].T + params["decoder"]["dense_1"]["b"]

    y, cache, _ = model.forward(params, {}, x)
    np.testing.assert_allclose(y, by_hand(params), rtol=1e-12)
    dparams, _ = model.backward(params, cache, y)
    with jax.enable_x64(True):
        expected = jax.grad(lambda params: 0.5 * (by_hand(params, jax.numpy) ** 2).sum())(params)
    for path, leaf in trees.items(expected):
        np.testing.assert_allclose(trees.flatten(dparams)[path], leaf, rtol=1e-9)


def test_the_decoder_has_biases_and_no_other_weights():
    model = TiedAutoencoder(Chain(Dense(4, bias=Constant(0.3)), Tanh(), Dense(2, use_bias=False)))
    params, _ = model.init(ops.key(0), np.zeros((1, 6)))
    assert {path: leaf.tolist() for path, leaf in trees.items(params["decoder"])} == {"dense_1/b": [0.3] * 6}


def test_what_does_not_fit_is_refused():
    for encoder in (Residual(Dense(4)), Dense(4)):
        with pytest.raises(ConfigError, match="encoder must be a Chain, not"):
            TiedAutoencoder(encoder)
    with pytest.raises(ConfigError, match="encoder must have a Dense layer to decode by"):
        TiedAutoencoder(Chain(Tanh()))
    for layer in (Dropout(0.5), ContractiveDense(3)):
        with pytest.raises(ConfigError, match=r"elementwise activations, not odd, "):
            TiedAutoencoder(Chain(first=Dense(3), odd=layer))
