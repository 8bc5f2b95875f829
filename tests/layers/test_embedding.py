import jax
import jax.numpy as jnp
import numpy as np
import pytest
from scipy import stats

from pellucid import ops
from pellucid.combinators import Chain
from pellucid.errors import ConfigError, DataError
from pellucid.initializers import Constant, Zeros
from pellucid.layers import Dense, Embedding, Flatten, Tanh
from pellucid.losses import SoftmaxCrossEntropy
from pellucid.runs import fit

W = np.array([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]])


def test_forward_and_backward_by_hand():
    layer = Embedding(3, 2)
    y, cache, state = layer.forward({"W": W}, {}, np.array([[2, 0], [2, 2]]))
    assert y.tolist() == [[[5.0, 6.0], [1.0, 2.0]], [[5.0, 6.0], [5.0, 6.0]]]
    assert state == {}
    dparams, dx = layer.backward({"W": W}, cache, np.array([[[1.0, 2.0], [3.0, 4.0]], [[10.0, 20.0], [0.5, 0.25]]]))
    assert dparams["W"].tolist() == [[3.0, 4.0], [0.0, 0.0], [11.5, 22.25]]
    assert dx.tolist() == [[0.0, 0.0], [0.0, 0.0]]


@pytest.mark.parametrize("shape", [(1,), (7,), (5, 4), (2, 3, 2)])
def test_it_is_one_hot_rows_times_the_weights(shape):
    rng = np.random.default_rng(0)
    layer, x, dy = Embedding(6, 3), rng.integers(0, 6, shape), rng.normal(size=(*shape, 3))
    params, _ = layer.init(ops.key(0), x)
    y, cache, _ = layer.forward(params, {}, x)
    dparams, _ = layer.backward(params, cache, dy)
    one_hot = np.eye(6)[x]
    np.testing.assert_allclose(y, one_hot @ params["W"], rtol=1e-6)
    np.testing.assert_allclose(dparams["W"], one_hot.reshape(-1, 6).T @ dy.reshape(-1, 3), rtol=1e-5, atol=1e-7)


@pytest.mark.parametrize("dtype", [np.uint8, np.int32, np.int64, np.float32, np.float64])
def test_whole_numbers_of_any_dtype_are_indices(dtype):
    x = np.array([0, 299, 255, 7]) % (256 if dtype == np.uint8 else 300)
    layer = Embedding(300, 2)
    params, _ = layer.init(ops.key(0), x.astype(dtype))
    assert params["W"].dtype == (np.float64 if dtype == np.float64 else np.float32)
    eager = layer.forward(params, {}, x.astype(dtype))[0]
    compiled = jax.jit(lambda params, x: layer.forward(params, {}, x)[0])(params, x.astype(dtype))
    np.testing.assert_array_equal(eager, params["W"][x])
    np.testing.assert_array_equal(compiled, params["W"][x].astype(np.float32))


@pytest.mark.parametrize("wrong", [3, -1, 2**32, 0.5])
def test_an_index_outside_is_refused_and_is_nan_in_compiled_code(wrong):
    x = np.array([[0, 1], [wrong, 2]])
    with pytest.raises(DataError, match=rf"x\[1, 0\] is {wrong}\b.*, but must be a whole number from 0 to 2"):
        Embedding(3, 2).forward({"W": W}, {}, x)
    with jax.enable_x64(True):
        y = jax.jit(lambda x: Embedding(3, 2).forward({"W": jnp.asarray(W)}, {}, x)[0])(x)
    assert np.isnan(y[1, 0]).all()
    np.testing.assert_array_equal(np.asarray(y)[[0, 0, 1], [0, 1, 1]], W)


@pytest.mark.parametrize("engine", ["numpy", "jax"])
def test_a_network_with_it_learns_a_table(engine):
    """The sum of two digits modulo 5: nothing that the size of an index says."""
    x = np.stack(np.meshgrid(np.arange(5), np.arange(5)), axis=-1).reshape(-1, 2)
    network = Chain(Embedding(5, 8), Flatten(), Dense(32), Tanh(), Dense(5))
    trained = fit(network, SoftmaxCrossEntropy(), (x, x.sum(axis=1) % 5), epochs=150, batch_size=5, engine=engine)
    assert (trained.predict(x).argmax(axis=-1) == x.sum(axis=1) % 5).all()


def test_first_weights():
    params, state = Embedding(500, 40).init(ops.key(0), np.zeros((1, 3), np.int64))
    assert params["W"].shape == (500, 40)
    assert stats.kstest(params["W"].ravel(), "norm").pvalue > 0.001
    assert state == {}
    assert (Embedding(2, 2, weight=Constant(3.0)).init(ops.key(0), np.zeros((1,)))[0]["W"] == 3.0).all()


def test_what_does_not_fit_is_refused():
    for sizes in ((0, 2), (2, 0), (2.5, 2), (2, True)):
        with pytest.raises(ConfigError, match="must be a whole number of at least 1"):
            Embedding(*sizes)
    with pytest.raises(ConfigError, match=r"weight must be an Initializer; write Zeros\(...\)"):
        Embedding(2, 2, weight=Zeros)
