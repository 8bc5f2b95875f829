from __future__ import annotations

from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import optax
import pytest

from pellucid import optim
from pellucid.errors import ConfigError
from pellucid.optim import Optax, as_rule
from pellucid.trees import flatten, replace_leaves


def start() -> dict[str, Any]:
    return {"dense_1": {"W": jnp.array([[1.0, -2.0], [0.5, 3.0]]), "b": jnp.array([0.1, 0.2])}, "relu_1": {}}


def gradients(t: int) -> dict[str, Any]:
    return {"dense_1": {"W": jnp.full((2, 2), np.sin(t)), "b": jnp.full(2, np.cos(t))}, "relu_1": {}}


def run(optimizer: optim.Optimizer, params: Any, steps: range, slots: Any = None) -> tuple[Any, Any]:
    update = jax.jit(optimizer.update)
    slots = optimizer.init(params) if slots is None else slots
    rates = optimizer.learning_rates(np.array(steps) - 1)
    for t, rate in zip(steps, rates, strict=True):
        params, slots = update(params, gradients(t), slots, float(rate), t, optimizer.numbers())
    return params, slots


def test_optax_runs_where_a_rule_does() -> None:
    with jax.enable_x64(True):
        ours, _ = run(optim.Adam(0.01), start(), range(1, 21))
        theirs, _ = run(Optax(optax.adam(0.01)), start(), range(1, 21))
        for path, leaf in flatten(ours).items():
            np.testing.assert_allclose(flatten(theirs)[path], leaf, rtol=1e-12)


def test_its_schedules_and_chains_run_and_its_state_goes_on_from_a_copy() -> None:
    transformation = optax.chain(
        optax.clip_by_global_norm(0.5), optax.adamw(optax.cosine_decay_schedule(0.1, 20), weight_decay=0.01)
    )
    params = start()
    wanted, state = params, transformation.init(params)
    for t in range(1, 11):
        updates, state = transformation.update(gradients(t), state, wanted)
        wanted = optax.apply_updates(wanted, updates)

    half, slots = run(Optax(transformation), params, range(1, 6))
    saved = {path: np.asarray(leaf) for path, leaf in flatten(slots).items()}
    restored = replace_leaves(Optax(transformation).init(params), saved)
    whole, _ = run(Optax(transformation), half, range(6, 11), restored)
    for path, leaf in flatten(wanted).items():
        np.testing.assert_allclose(flatten(whole)[path], leaf, rtol=1e-5)
        assert flatten(whole)[path].dtype == jnp.float32


def test_it_needs_the_compiled_engine_and_keeps_its_rate_to_itself() -> None:
    rule = Optax(optax.sgd(0.1))
    assert rule.engines == ("jax",)
    assert optim.Adam().engines == ("numpy", "jax")
    assert rule.numbers() == {}
    assert np.isnan(rule.learning_rates(np.arange(3))).tolist() == [True, True, True]


def test_equal_is_the_very_same_transformation() -> None:
    transformation = optax.sgd(0.1)
    assert Optax(transformation) == Optax(transformation)
    assert hash(Optax(transformation)) == hash(Optax(transformation))
    assert Optax(transformation) != Optax(optax.sgd(0.1))
    assert Optax(transformation) != transformation


def test_as_rule_takes_rules_and_transformations() -> None:
    rule, transformation = optim.Adam(), optax.sgd(0.1)
    assert as_rule(rule) is rule
    assert as_rule(transformation) == Optax(transformation)


@pytest.mark.parametrize(
    ("thing", "message"),
    [
        (optim.Adam, r"not the class Adam: write Adam\(\)"),
        ("adam", r"such as Adam\(learning_rate=0.001\), or an optax transformation, not 'adam'"),
        (0.1, "or an optax transformation, not 0.1"),
        (optax.sgd, "or an optax transformation, not <function sgd"),
    ],
)
def test_as_rule_refuses_the_rest_and_says_what_to_write(thing: Any, message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        as_rule(thing)


def test_optax_wraps_transformations_only() -> None:
    with pytest.raises(ConfigError, match="transformation must be one of optax, not 3"):
        Optax(3)
