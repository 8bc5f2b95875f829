from __future__ import annotations

import math
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from pellucid.errors import ConfigError
from pellucid.regularize import MaxNorm
from pellucid.trees import flatten


def apply(limit: float, params: Any) -> Any:
    return MaxNorm.apply(params, MaxNorm(limit).numbers())


@pytest.mark.parametrize("xp", [np, jnp])
def test_columns_are_scaled_back_and_biases_are_left_alone(xp: Any) -> None:
    W = xp.asarray([[3.0, 0.3, 0.0], [-4.0, 0.4, 0.0]], dtype="float32")
    b = xp.asarray([100.0, 0.0, -100.0], dtype="float32")
    after = apply(1.0, {"dense_1": {"W": W, "b": b}, "relu_1": {}})
    np.testing.assert_allclose(after["dense_1"]["W"], [[0.6, 0.3, 0.0], [-0.8, 0.4, 0.0]], rtol=1e-6)
    np.testing.assert_array_equal(after["dense_1"]["W"][:, 1:], W[:, 1:])
    np.testing.assert_array_equal(after["dense_1"]["b"], b)
    assert after["relu_1"] == {}
    assert {str(leaf.dtype) for leaf in flatten(after).values()} == {"float32"}


@pytest.mark.parametrize("shape", [(5, 3), (3, 3, 2, 4), (4, 2, 3)])
def test_each_unit_of_any_array_is_within_the_limit(shape: tuple[int, ...]) -> None:
    W = np.random.default_rng(0).normal(size=shape)
    after = apply(1.5, {"W": W})["W"]
    for unit in range(shape[-1]):
        norm = np.linalg.norm(W[..., unit])
        np.testing.assert_allclose(after[..., unit], W[..., unit] * min(1.0, 1.5 / norm), rtol=1e-14)


def test_another_limit_compiles_nothing_anew() -> None:
    traces = 0

    @jax.jit
    def step(params: Any, numbers: dict[str, float]) -> Any:
        nonlocal traces
        traces += 1
        return MaxNorm.apply(params, numbers)

    params = {"W": jnp.asarray([[3.0], [4.0]])}
    np.testing.assert_allclose(step(params, MaxNorm(1.0).numbers())["W"], [[0.6], [0.8]], rtol=1e-6)
    np.testing.assert_allclose(step(params, MaxNorm(2.0).numbers())["W"], [[1.2], [1.6]], rtol=1e-6)
    assert traces == 1


@pytest.mark.parametrize("limit", [0.0, -1.0, math.inf, "3"])
def test_a_limit_is_above_zero(limit: Any) -> None:
    with pytest.raises(ConfigError, match="MaxNorm: limit must be a number above 0"):
        MaxNorm(limit)
