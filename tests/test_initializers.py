import jax
import jax.numpy as jnp
import numpy as np
import pytest

from pellucid import ops
from pellucid.errors import ConfigError, ShapeError, UnknownNameError
from pellucid.initializers import (
    Constant,
    FanIn,
    Glorot,
    He,
    Initializer,
    LeCun,
    Orthogonal,
    SmallNormal,
    Uniform,
    VarianceScaling,
    Zeros,
)
from pellucid.value import subclasses

# Each rule with the variance that its docstring promises for an output, given q, fan_in and fan_out.
VARIANCES = [
    (Constant(0.3), lambda q, fan_in, fan_out: 0.0),
    (Zeros(), lambda q, fan_in, fan_out: 0.0),
    (SmallNormal(), lambda q, fan_in, fan_out: 0.001**2 * q * fan_in),
    (SmallNormal(scale=0.2), lambda q, fan_in, fan_out: 0.2**2 * q * fan_in),
    (Uniform(), lambda q, fan_in, fan_out: 0.05**2 * q * fan_in / 3),
    (FanIn(), lambda q, fan_in, fan_out: q),
    (LeCun(), lambda q, fan_in, fan_out: q),
    (LeCun(distribution="normal"), lambda q, fan_in, fan_out: q),
    (He(), lambda q, fan_in, fan_out: 2 * q),
    (He(distribution="uniform"), lambda q, fan_in, fan_out: 2 * q),
    (Glorot(), lambda q, fan_in, fan_out: 2 * q * fan_in / (fan_in + fan_out)),
    (Glorot(distribution="uniform"), lambda q, fan_in, fan_out: 2 * q * fan_in / (fan_in + fan_out)),
    (Orthogonal(), lambda q, fan_in, fan_out: q * min(1.0, fan_in / fan_out)),
    (Orthogonal(gain=1.5), lambda q, fan_in, fan_out: 1.5**2 * q * min(1.0, fan_in / fan_out)),
]
RULES = [rule for rule, _ in VARIANCES]


def draw(rule, shape, seed=0, dtype=np.float64):
    return rule(ops.key(seed), shape, shape[0], shape[-1], dtype)


def test_no_rule_is_left_out():
    assert {type(rule) for rule in RULES} == set(subclasses(Initializer)) - {VarianceScaling}


@pytest.mark.parametrize(("fan_in", "fan_out"), [(20, 20), (12, 30), (30, 12)])
@pytest.mark.parametrize(("rule", "variance"), VARIANCES, ids=map(repr, RULES))
def test_outputs_have_the_mean_and_variance_promised(rule, variance, fan_in, fan_out):
    """Over 500 draws of W, for one x of mean 0.5, within five standard errors (those of normal outputs)."""
    x = np.random.default_rng(5).normal(0.5, 2.0, size=fan_in)
    q = (x * x).mean()
    y = np.stack([x @ draw(rule, (fan_in, fan_out), seed) for seed in range(500)])
    expected_mean = rule.value * x.sum() if isinstance(rule, Constant) else 0.0
    expected = variance(q, fan_in, fan_out)
    assert abs(y.mean() - expected_mean) <= 5 * np.sqrt(expected / y.size) + 1e-12
    assert abs(y.var() - expected) <= 5 * expected * np.sqrt(2 / y.size) + 1e-12


@pytest.mark.parametrize("rule", [LeCun(), He("uniform"), Glorot("uniform")], ids=repr)
def test_uniform_weights_fill_their_bounds_evenly(rule):
    W = draw(rule, (100, 300))
    bound = np.sqrt(3 * rule.variance(100, 300))
    assert -bound <= W.min() < -0.999 * bound
    assert 0.999 * bound < W.max() <= bound
    counts, _ = np.histogram(W, bins=10, range=(-bound, bound))
    assert abs(counts / W.size - 0.1).max() < 5 * np.sqrt(0.09 / W.size)


def test_the_uniform_bounds_are_those_of_the_papers():
    """Glorot: sqrt(6 / (fan_in + fan_out)), LeCun: sqrt(3 / fan_in)."""
    assert np.sqrt(3 * Glorot().variance(4, 8)) == pytest.approx(np.sqrt(6 / 12))
    assert np.sqrt(3 * LeCun().variance(4, 8)) == pytest.approx(np.sqrt(3 / 4))


@pytest.mark.parametrize("shape", [(5, 5), (7, 3), (3, 7), (1, 4), (4, 1)])
def test_orthogonal_has_orthogonal_columns_or_rows(shape):
    W = draw(Orthogonal(gain=2.0), shape)
    gram = W.T @ W if shape[0] >= shape[1] else W @ W.T
    np.testing.assert_allclose(gram, 4.0 * np.eye(min(shape)), atol=1e-14)


def test_orthogonal_is_uniform_over_rotations_and_mirrorings():
    """Without the signs of R, LAPACK would give diagonals of one sign. Uniform: mean 0, and half are mirrorings."""
    drawn = np.stack([draw(Orthogonal(), (3, 3), seed) for seed in range(2000)])
    assert abs(drawn.mean(axis=0)).max() < 5 * np.sqrt(1 / 3 / 2000)
    assert abs((drawn**2).mean(axis=0) - 1 / 3).max() < 5 * np.sqrt(4 / 45 / 2000)
    assert abs((np.linalg.det(drawn) > 0).mean() - 0.5) < 5 * np.sqrt(0.25 / 2000)


def test_orthogonal_fills_more_axes_as_a_matrix():
    W = draw(Orthogonal(), (3, 3, 2, 5)).reshape(18, 5)
    np.testing.assert_allclose(W.T @ W, np.eye(5), atol=1e-14)
    with pytest.raises(ShapeError, match=r"Orthogonal\(\) fills matrices, not shape \(5,\)"):
        draw(Orthogonal(), (5,))


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("rule", RULES, ids=repr)
def test_both_engines_draw_the_same_in_the_dtype_asked_for(rule, dtype):
    with jax.enable_x64(dtype is np.float64):
        traced = rule(jnp.asarray(ops.key(3)), (6, 4), 6, 4, dtype)
    eager = draw(rule, (6, 4), seed=3, dtype=dtype)
    assert eager.dtype == traced.dtype == dtype
    assert eager.shape == traced.shape == (6, 4)
    np.testing.assert_allclose(eager, traced, rtol=1e-4 if dtype is np.float32 else 1e-12, atol=1e-6)


def test_bad_hyper_parameters():
    for bad in (0.0, -1.0, float("nan"), "1"):
        with pytest.raises(ConfigError, match="SmallNormal: scale must be a number above 0"):
            SmallNormal(scale=bad)
        with pytest.raises(ConfigError, match="Orthogonal: gain must be a number above 0"):
            Orthogonal(gain=bad)
    for bad in (float("inf"), None, True):
        with pytest.raises(ConfigError, match="Constant: value must be a finite number"):
            Constant(bad)
    with pytest.raises(UnknownNameError, match="unknown distribution 'unifrom': did you mean uniform"):
        He(distribution="unifrom")
