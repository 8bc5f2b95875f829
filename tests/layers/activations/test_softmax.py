import jax
import jax.numpy as jnp
import numpy as np
import pytest
import scipy.special

from pellucid.errors import ShapeError
from pellucid.layers import Softmax


@pytest.mark.parametrize("shape", [(1, 1), (5, 3), (4, 2, 6)])
def test_values_are_scipys(shape):
    x = 5.0 * np.random.default_rng(0).normal(size=shape)
    y, _, _ = Softmax().forward({}, {}, x)
    np.testing.assert_allclose(y, scipy.special.softmax(x, axis=-1), rtol=1e-13)


@pytest.mark.parametrize("shape", [(5, 3), (4, 2, 6)])
def test_backward_is_the_automatic_derivative(shape):
    rng = np.random.default_rng(1)
    x, dy = rng.normal(size=shape), rng.normal(size=shape)
    _, cache, _ = Softmax().forward({}, {}, x)
    dparams, dx = Softmax().backward({}, cache, dy)
    with jax.enable_x64(True):
        _, pull = jax.vjp(lambda x: jax.nn.softmax(x, axis=-1), jnp.asarray(x))
        (automatic,) = pull(jnp.asarray(dy))
    assert dparams == {}
    np.testing.assert_allclose(dx, automatic, rtol=1e-12, atol=1e-15)


def test_backward_by_hand():
    """y = (1/4, 3/4), dy = (1, 0): sum dy y = 1/4, so dx = (1/4 (1 - 1/4), 3/4 (0 - 1/4))."""
    x = np.array([[0.0, np.log(3.0)]])
    _, cache, _ = Softmax().forward({}, {}, x)
    _, dx = Softmax().backward({}, cache, np.array([[1.0, 0.0]]))
    np.testing.assert_allclose(dx, [[3 / 16, -3 / 16]], rtol=1e-14)


def test_far_out_in_float32():
    x = np.array([[-1e4, 1e4, 0.0], [1e4, 1e4, -1e4]], dtype=np.float32)
    y, cache, _ = Softmax().forward({}, {}, x)
    _, dx = Softmax().backward({}, cache, np.ones_like(x))
    np.testing.assert_array_equal(y, np.array([[0.0, 1.0, 0.0], [0.5, 0.5, 0.0]], dtype=np.float32))
    np.testing.assert_array_equal(dx, np.zeros_like(x))
    assert y.dtype == dx.dtype == np.float32


def test_both_engines_agree():
    x = np.random.default_rng(2).normal(size=(3, 4)).astype(np.float32)
    eager, _, _ = Softmax().forward({}, {}, x)
    compiled, _, _ = jax.jit(lambda x: Softmax().forward({}, {}, x))(jnp.asarray(x))
    assert compiled.dtype == np.float32
    np.testing.assert_allclose(eager, compiled, rtol=1e-6)


def test_an_input_without_a_batch_is_refused():
    with pytest.raises(ShapeError, match=r"Softmax\(\) needs x of shape .* not \(3,\)"):
        Softmax().forward({}, {}, np.zeros(3))
