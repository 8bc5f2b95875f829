from __future__ import annotations

import math
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import optax
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pellucid.errors import ConfigError
from pellucid.optim import ClipByNorm, ClipByValue, Clipping
from pellucid.trees import flatten

ENGINES = [np, jnp]
finite = st.floats(-1e308, 1e308)
rows = st.lists(finite, min_size=1, max_size=5)


def tree(xp: Any, W: Any, b: Any, dtype: str = "float64") -> dict[str, Any]:
    return {"dense_1": {"W": xp.asarray(W, dtype=dtype), "b": xp.asarray(b, dtype=dtype)}, "relu_1": {}}


def numbers_in(grads: Any) -> list[float]:
    return [float(number) for leaf in flatten(grads).values() for number in leaf.ravel()]


def clip(clipping: Clipping, grads: Any) -> Any:
    return clipping.apply(grads, clipping.numbers())


@given(rows, rows, st.floats(1e-3, 1e6))
def test_the_norm_is_at_most_the_limit_and_the_direction_stays(W: list[float], b: list[float], max_norm: float) -> None:
    grads = tree(np, W, b)
    norm = math.hypot(*numbers_in(grads))
    clipped = numbers_in(clip(ClipByNorm(max_norm), grads))
    if norm < max_norm * (1 - 1e-12):
        assert clipped == numbers_in(grads)
    elif norm > max_norm and math.isfinite(norm):
        wanted = [number / norm * max_norm for number in numbers_in(grads)]
        np.testing.assert_allclose(clipped, wanted, rtol=1e-12, atol=1e-300)
    assert math.hypot(*clipped) <= max_norm * (1 + 1e-12)


@given(rows, rows, st.floats(1e-300, 1e300))
def test_no_number_is_beyond_the_limit(W: list[float], b: list[float], limit: float) -> None:
    grads = tree(np, W, b)
    clipped = numbers_in(clip(ClipByValue(limit), grads))
    assert clipped == [math.copysign(min(abs(number), limit), number) for number in numbers_in(grads)]


@pytest.mark.parametrize("xp", ENGINES)
@pytest.mark.parametrize("limit", [0.1, 1.0, 100.0])
def test_clipping_equals_optax(xp: Any, limit: float) -> None:
    rng = np.random.default_rng(0)
    with jax.enable_x64(True):
        grads = tree(xp, rng.normal(size=(3, 4)), rng.normal(size=4))
        for ours, theirs in [
            (ClipByNorm(limit), optax.clip_by_global_norm(limit)),
            (ClipByValue(limit), optax.clip(limit)),
        ]:
            wanted, _ = theirs.update(grads, theirs.init(grads))
            np.testing.assert_allclose(numbers_in(clip(ours, grads)), numbers_in(wanted), rtol=1e-14)


@pytest.mark.parametrize("xp", ENGINES)
def test_five_and_twelve_make_thirteen(xp: Any) -> None:
    clipped = clip(ClipByNorm(1.3), tree(xp, [[5.0]], [12.0], "float32"))
    np.testing.assert_allclose(numbers_in(clipped), [0.5, 1.2], rtol=1e-6)
    assert {str(leaf.dtype) for leaf in flatten(clipped).values()} == {"float32"}
    assert {str(leaf.dtype) for leaf in flatten(clip(ClipByValue(1.0), clipped)).values()} == {"float32"}


@pytest.mark.parametrize("xp", ENGINES)
def test_huge_tiny_and_zero_gradients(xp: Any) -> None:
    compiled = jax.jit(ClipByNorm.apply) if xp is jnp else ClipByNorm.apply
    for apply in (ClipByNorm.apply, compiled):
        huge = apply(tree(xp, [[3e38]], [-3e38], "float32"), {"max_norm": 1.0})
        np.testing.assert_allclose(numbers_in(huge), [math.sqrt(0.5), -math.sqrt(0.5)], rtol=1e-6)
    tiny = tree(xp, [[1e-30]], [1e-30], "float32")
    assert numbers_in(clip(ClipByNorm(1.0), tiny)) == numbers_in(tiny)
    for clipping in (ClipByNorm(1.0), ClipByValue(1.0)):
        assert numbers_in(clip(clipping, tree(xp, [[0.0]], [0.0], "float32"))) == [0.0, 0.0]
        assert clip(clipping, {"relu_1": {}}) == {"relu_1": {}}


@pytest.mark.parametrize("xp", ENGINES)
@pytest.mark.parametrize("bad", [math.inf, -math.inf, math.nan])
def test_what_is_not_finite_is_not_hidden_by_the_norm(xp: Any, bad: float) -> None:
    grads = tree(xp, [[1e38, bad]], [2.0], "float32")
    np.testing.assert_array_equal(numbers_in(clip(ClipByNorm(1.0), grads)), numbers_in(grads))
    by_value = numbers_in(clip(ClipByValue(3.0), grads))
    np.testing.assert_array_equal(by_value, [3.0, math.nan if math.isnan(bad) else math.copysign(3.0, bad), 2.0])


@pytest.mark.parametrize("cls", [ClipByNorm, ClipByValue])
def test_another_limit_compiles_nothing_anew(cls: type[Any]) -> None:
    traces = 0

    @jax.jit
    def step(grads: Any, numbers: dict[str, float]) -> Any:
        nonlocal traces
        traces += 1
        return cls.apply(grads, numbers)

    grads = tree(jnp, [[3.0]], [4.0], "float32")
    first, second = (numbers_in(step(grads, cls(limit).numbers())) for limit in (1.0, 2.0))
    assert traces == 1
    assert first != second


@pytest.mark.parametrize("cls", [ClipByNorm, ClipByValue])
@pytest.mark.parametrize("limit", [0.0, -1.0, math.nan, "1"])
def test_a_limit_is_above_zero(cls: type[Any], limit: Any) -> None:
    with pytest.raises(ConfigError, match="must be a number above 0"):
        cls(limit)
