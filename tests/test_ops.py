"""What NumPy and JAX spell differently gives the same numbers on both; random numbers to the bit."""

from __future__ import annotations

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from pellucid import ops
from pellucid.runtime import threefry

SEEDS = st.integers(min_value=-(2**70), max_value=2**70)


@given(SEEDS, st.integers(0, 2**32 - 1))
def test_bits_are_those_of_jax(seed, number):
    key = ops.key(seed)
    theirs = jax.random.wrap_key_data(jnp.asarray(key), impl="threefry2x32")
    assert (ops.bits(key, (3, 2)) == np.asarray(jax.random.bits(theirs, (3, 2), "uint32"))).all()
    folded = jax.random.key_data(jax.random.fold_in(theirs, number))
    assert (ops.fold_in(key, number) == np.asarray(folded)).all()


def test_many_bits_are_those_of_jax():
    count = 2 * threefry.BLOCK + 5
    theirs = jax.random.bits(jax.random.wrap_key_data(jnp.asarray(ops.key(7)), impl="threefry2x32"), (count,), "uint32")
    assert (ops.bits(ops.key(7), (count,)) == np.asarray(theirs)).all()


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("draw", [ops.uniform, ops.normal])
def test_draws_agree_on_both_engines(draw, dtype):
    key = ops.key(3)
    with jax.enable_x64(dtype is np.float64):
        compiled = np.asarray(draw(jnp.asarray(key), (500,), dtype))
    eager = draw(key, (500,), dtype)
    assert eager.dtype == compiled.dtype == dtype
    np.testing.assert_allclose(eager, compiled, rtol=1e-4 if dtype is np.float32 else 1e-12, atol=1e-6)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_draws_have_their_distributions(dtype):
    uniform = ops.uniform(ops.key(1), (20_000,), dtype)
    assert uniform.min() >= 0
    assert uniform.max() < 1
    assert stats.kstest(uniform, "uniform").pvalue > 0.001
    normal = ops.normal(ops.key(2), (20_000,), dtype)
    assert stats.kstest(normal, "norm").pvalue > 0.001
    np.testing.assert_allclose(normal, ops.normal(ops.key(2), (20_000,), np.float32), rtol=1e-5, atol=1e-5)


@pytest.mark.parametrize("xp", [np, jnp])
@pytest.mark.parametrize(
    ("reverse", "last", "sums"), [(False, 6, [[0, 1], [1, 2], [3, 3]]), (True, 6, [[5, 1], [3, 2], [0, 3]])]
)
def test_scan_carries_from_step_to_step(xp, reverse, last, sums):
    def step(total, given):
        return total + given["x"], {"seen": xp.stack([total, given["x"]])}

    total, seen = ops.scan(step, xp.zeros((), dtype=np.int32), {"x": xp.arange(1, 4, dtype=np.int32)}, reverse)
    assert total == last
    assert seen["seen"].tolist() == sums


@pytest.mark.parametrize("function", [ops.sigmoid, ops.erf])
def test_functions_agree_on_both_engines_and_do_not_overflow(function):
    x = np.array([-1e4, -40.0, -1.0, 0.0, 0.3, 40.0, 1e4], np.float32)
    eager = function(x)
    assert eager.dtype == np.float32
    np.testing.assert_allclose(eager, np.asarray(function(jnp.asarray(x))), rtol=1e-5, atol=1e-7)


@pytest.mark.parametrize("where", [(slice(None), slice(1, 4)), (slice(0, 5, 2),), (slice(2, 3), slice(1, 5, 3))])
def test_a_part_is_added_where_it_belongs_and_nowhere_else(where):
    x = np.arange(25.0).reshape(5, 5)
    part = 100.0 + np.arange(x[where].size).reshape(x[where].shape)
    wanted = x.copy()
    wanted[where] += part
    with jax.enable_x64(True):
        compiled = ops.add_at(jnp.asarray(x), where, jnp.asarray(part))
    np.testing.assert_array_equal(compiled, wanted)
    np.testing.assert_array_equal(ops.add_at(x, where, part), wanted)
