import jax
import jax.numpy as jnp
import numpy as np
import pytest
from scipy.integrate import quad
from scipy.stats import norm

from pellucid.errors import ConfigError
from pellucid.layers import (
    ELU,
    GELU,
    SELU,
    HardTanh,
    Identity,
    LeakyReLU,
    ReLU,
    Sigmoid,
    SiLU,
    Softplus,
    Step,
    Tanh,
)
from pellucid.layers.activations.activation import Activation
from pellucid.value import subclasses

# Each activation with an independent source of its values (on float64).
INDEPENDENT = [
    (Identity(), lambda x: x),
    (Step(), lambda x: np.array([1.0 if number > 0 else 0.0 for number in x])),
    (Sigmoid(), jax.nn.sigmoid),
    (Tanh(), jax.nn.tanh),
    (ReLU(), lambda x: np.maximum(x, 0.0)),
    (LeakyReLU(slope=0.2), lambda x: jax.nn.leaky_relu(x, 0.2)),
    (ELU(), jax.nn.elu),
    (ELU(alpha=0.7), lambda x: jax.nn.elu(x, 0.7)),
    (SELU(), jax.nn.selu),
    (Softplus(), jax.nn.softplus),
    (GELU(), lambda x: x * norm.cdf(x)),
    (SiLU(), jax.nn.silu),
    (HardTanh(), lambda x: np.clip(x, -1.0, 1.0)),
]
ACTIVATIONS = [activation for activation, _ in INDEPENDENT]
GRID = np.linspace(-12.0, 12.0, 2400)  # even, so that it misses the kinks at -1, 0 and 1
KINKS = np.array([-1.0, 0.0, 1.0])


def every(activations=ACTIVATIONS):
    return pytest.mark.parametrize("activation", activations, ids=repr)


def slope(activation, x):
    """The derivative by way of the contract: backward of ones."""
    _, cache, _ = activation.forward({}, {}, x)
    dparams, dx = activation.backward({}, cache, np.ones_like(x))
    assert dparams == {}
    return dx


def test_no_activation_is_left_out():
    assert {type(activation) for activation in ACTIVATIONS} == {
        cls for cls in subclasses(Activation) if cls.__module__.startswith("pellucid.layers.")
    }


@pytest.mark.parametrize(("activation", "independent"), INDEPENDENT, ids=map(repr, ACTIVATIONS))
def test_values_are_those_of_an_independent_source(activation, independent):
    x = np.concatenate([GRID, KINKS, [-1e4, 1e4]])
    with jax.enable_x64(True):
        expected = np.asarray(independent(x))
    y, _, _ = activation.forward({}, {}, x)
    np.testing.assert_allclose(y, expected, rtol=1e-12, atol=1e-14)


@every()
def test_derivative_is_the_central_difference(activation):
    h = 1e-5
    numerical = (activation.function(GRID + h) - activation.function(GRID - h)) / (2 * h)
    np.testing.assert_allclose(slope(activation, GRID), numerical, rtol=1e-7, atol=1e-9)


@every()
def test_derivative_is_the_automatic_one_also_at_kinks_and_far_out(activation):
    x = np.concatenate([GRID, KINKS, [-1e4, 1e4]])
    with jax.enable_x64(True):
        automatic = jax.vmap(jax.grad(activation.function))(jnp.asarray(x))
    np.testing.assert_allclose(slope(activation, x), automatic, rtol=1e-10, atol=1e-14)


@pytest.mark.parametrize(
    ("activation", "x", "derivative"),
    [
        (ReLU(), 0.0, 0.0),
        (LeakyReLU(slope=0.2), 0.0, 0.2),
        (ELU(alpha=0.7), 0.0, 0.7),
        (HardTanh(), -1.0, 0.0),
        (HardTanh(), 1.0, 0.0),
        (Step(), 0.0, 0.0),
        (Sigmoid(), 0.0, 0.25),
        (Softplus(), 0.0, 0.5),
        (GELU(), 0.0, 0.5),
        (SiLU(), 0.0, 0.5),
        (Tanh(), 0.0, 1.0),
    ],
    ids=repr,
)
def test_derivative_at_a_point_of_note(activation, x, derivative):
    assert slope(activation, np.array([x])).item() == pytest.approx(derivative, rel=1e-15)


@every()
def test_backward_is_the_derivative_times_dy(activation):
    rng = np.random.default_rng(0)
    x, dy = rng.normal(size=(2, 3, 4)), rng.normal(size=(2, 3, 4))
    _, cache, state = activation.forward({}, {}, x)
    _, dx = activation.backward({}, cache, dy)
    np.testing.assert_allclose(dx, dy * slope(activation, x), rtol=1e-15)
    assert state == {}
    assert cache["x"] is x


@every()
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_both_engines_agree_and_keep_the_dtype_far_out_too(activation, dtype):
    x = np.array([-1e4, -100.0, -20.0, -3.0, -1.0, -0.5, 0.0, 0.5, 1.0, 3.0, 20.0, 100.0, 1e4], dtype=dtype)
    with jax.enable_x64(dtype is np.float64):
        ours = (activation.function(x), slope(activation, x))
        compiled = jax.jit(lambda x: (activation.function(x), activation.derivative(x, activation.function(x))))
        theirs = compiled(jnp.asarray(x))
    for eager, traced in zip(ours, theirs, strict=True):
        assert eager.dtype == traced.dtype == dtype
        assert np.isfinite(eager).all()
        precision = float(np.finfo(dtype).eps)
        np.testing.assert_allclose(eager, traced, rtol=50 * precision, atol=10 * precision)


@every()
def test_a_nan_is_not_hidden(activation):
    x = np.array([np.nan, 1.0])
    assert np.isnan(activation.function(x)).tolist() == [True, False]
    with jax.enable_x64(True):
        assert np.isnan(activation.function(jnp.asarray(x))).tolist() == [True, False]


@every()
def test_output_range_is_that_of_the_outputs(activation):
    y = activation.function(np.linspace(-60.0, 60.0, 200_001))
    low, high = activation.output_range
    assert low - 1e-12 <= y.min() <= max(low + 1e-6, -10.0)
    assert min(high - 1e-6, 10.0) <= y.max() <= high + 1e-12


@every()
def test_what_it_says_of_dying_and_saturating_is_so(activation):
    far = np.concatenate([np.linspace(-10.0, -2.0, 100), np.linspace(2.0, 10.0, 100)])
    derivative = slope(activation, far)
    assert activation.can_die.startswith("yes") == (derivative[:100] == 0.0).all()
    assert activation.saturates.startswith("nowhere") == (abs(derivative) > 0.1).all()


@pytest.mark.parametrize(
    ("activation", "below", "above", "bound"),
    [
        (Sigmoid(), -4.0, 4.0, 0.02),
        (Tanh(), -3.0, 3.0, 0.01),
        (GELU(), -3.0, np.inf, 0.015),
        (SiLU(), -6.0, np.inf, 0.015),
    ],
    ids=repr,
)
def test_the_figures_of_saturation(activation, below, above, bound):
    x = np.linspace(-40.0, 40.0, 8001)
    derivative = abs(slope(activation, x))
    assert derivative[(x < below) | (x > above)].max() < bound
    assert derivative[(x > below + 1) & (x < above - 1)].max() > bound


def test_selu_keeps_mean_0_and_variance_1():
    def moment(power):
        def integrand(z):
            return SELU().function(np.float64(z)) ** power * norm.pdf(z)

        return quad(integrand, -40, 0, points=[-5])[0] + quad(integrand, 0, 40, points=[5])[0]

    assert moment(1) == pytest.approx(0.0, abs=1e-7)
    assert moment(2) == pytest.approx(1.0, abs=1e-7)


def test_step_says_that_it_has_no_useful_gradient():
    assert "no useful gradient" in " ".join(Step.__doc__.split())
    assert (slope(Step(), GRID) == 0.0).all()


@pytest.mark.parametrize("value", [0.0, -1.0, float("nan"), float("inf"), "0.1", True])
def test_bad_hyper_parameters(value):
    with pytest.raises(ConfigError, match="LeakyReLU: slope must be a number above 0"):
        LeakyReLU(slope=value)
    with pytest.raises(ConfigError, match="ELU: alpha must be a number above 0"):
        ELU(alpha=value)


def test_identity_takes_several_arrays_as_they_are():
    x = {"mean": np.ones((2, 3)), "rest": np.zeros((2, 1))}
    y, cache, _ = Identity().forward({}, {}, x)
    assert y is x
    assert Identity().backward({}, cache, x) == ({}, x)
