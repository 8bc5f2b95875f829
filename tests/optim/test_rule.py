"""Every update rule, step by step, against optax; what is asked of all rules; what they refuse."""

from __future__ import annotations

from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import optax
import pytest

from pellucid import optim
from pellucid.errors import ConfigError
from pellucid.optim import Rule
from pellucid.trees import flatten, tree_map
from pellucid.value import subclasses

STEPS = 100

CASES: list[tuple[Rule, optax.GradientTransformation]] = [
    (optim.GradientDescent(0.05), optax.sgd(0.05)),
    (optim.Momentum(0.02, momentum=0.8), optax.sgd(0.02, momentum=0.8)),
    (optim.Nesterov(0.02, momentum=0.8), optax.sgd(0.02, momentum=0.8, nesterov=True)),
    # optax has epsilon inside the root, and starts from 0.1: made so small, and 0, the two rules are one.
    (optim.AdaGrad(0.1, epsilon=1e-30), optax.adagrad(0.1, initial_accumulator_value=0.0, eps=1e-60)),
    (optim.RMSProp(0.01, decay=0.8, epsilon=1e-3), optax.rmsprop(0.01, decay=0.8, eps=1e-3, eps_in_sqrt=False)),
    (optim.AdaDelta(0.9, decay=0.8, epsilon=1e-3), optax.adadelta(0.9, rho=0.8, eps=1e-3)),
    (optim.Adam(0.01, beta1=0.8, beta2=0.95, epsilon=1e-3), optax.adam(0.01, b1=0.8, b2=0.95, eps=1e-3)),
    (
        optim.AdamW(0.01, beta1=0.8, beta2=0.95, epsilon=1e-3, weight_decay=0.1),
        optax.adamw(0.01, b1=0.8, b2=0.95, eps=1e-3, weight_decay=0.1),
    ),
    (optim.Adamax(0.01, beta1=0.8, beta2=0.95, epsilon=1e-3), optax.adamax(0.01, b1=0.8, b2=0.95, eps=1e-3)),
    (optim.Lion(0.01, beta1=0.8, beta2=0.95, weight_decay=0.1), optax.lion(0.01, 0.8, 0.95, weight_decay=0.1)),
]
RULES = [rule for rule, _ in CASES]


def name(case: Any) -> str:
    return type(case).__name__ if isinstance(case, Rule) else ""


def draw(seed: int, dtype: str = "float64") -> dict[str, Any]:
    rng = np.random.default_rng(seed)
    tree = {
        "dense_1": {"W": rng.normal(size=(3, 4)), "b": rng.normal(size=4)},
        "relu_1": {},
        "heads": [rng.normal(size=2)],
    }
    tree["dense_1"]["W"][0, 0] = 0.0  # this weight never gets a gradient
    return tree_map(lambda leaf: leaf.astype(dtype), tree)


def test_every_public_rule_has_a_case() -> None:
    public = {cls for cls in subclasses(Rule) if cls.__module__.startswith("pellucid.") and cls.__name__[0] != "_"}
    assert {type(rule) for rule in RULES} == public
    assert {cls.__name__ for cls in public} <= set(optim.__all__)


@pytest.mark.parametrize("engine", ["numpy", "jax"])
@pytest.mark.parametrize(("rule", "transformation"), CASES, ids=name)
def test_a_hundred_steps_equal_those_of_optax(rule: Rule, transformation: Any, engine: str) -> None:
    with jax.enable_x64(True):
        update = rule.update if engine == "numpy" else jax.jit(rule.update)
        step = jax.jit(transformation.update)
        wanted = jax.tree.map(jnp.asarray, draw(0))
        state = transformation.init(wanted)
        params = draw(0) if engine == "numpy" else wanted
        slots = rule.init(params)
        for t in range(1, STEPS + 1):
            grads = draw(t)
            updates, state = step(grads, state, wanted)
            wanted = optax.apply_updates(wanted, updates)
            params, slots = update(params, grads, slots, rule.learning_rate, t, rule.numbers())
            for path, leaf in flatten(wanted).items():
                assert flatten(params)[path].dtype == np.float64
                np.testing.assert_allclose(flatten(params)[path], leaf, rtol=1e-10, atol=1e-13, err_msg=f"{path}, {t}")


@pytest.mark.parametrize("engine", ["numpy", "jax"])
@pytest.mark.parametrize("rule", RULES, ids=name)
def test_float32_stays_float32(rule: Rule, engine: str) -> None:
    params = draw(0, "float32")
    if engine == "jax":
        params = jax.tree.map(jnp.asarray, params)
    slots = rule.init(params)
    for t in (1, 2):
        params, slots = rule.update(params, draw(t, "float32"), slots, rule.learning_rate, t, rule.numbers())
    assert {str(leaf.dtype) for leaf in flatten([params, slots]).values()} == {"float32"}


def test_weights_keep_their_dtype_whatever_the_gradients_have() -> None:
    params = {"W": np.zeros((2, 3), "float32"), "b": np.zeros(3, "float64")}
    grads = {"W": np.ones((2, 3)), "b": np.ones(3, "float32")}
    rule = optim.Adam()
    after, slots = rule.update(params, grads, rule.init(params), 0.01, 1, rule.numbers())
    for tree in (after, *slots.values()):
        assert {name: leaf.dtype.name for name, leaf in tree.items()} == {"W": "float32", "b": "float64"}


@pytest.mark.parametrize("rule", RULES, ids=name)
def test_changing_a_number_compiles_nothing_anew(rule: Rule) -> None:
    traces = 0

    @jax.jit
    def step(*arguments: Any) -> Any:
        nonlocal traces
        traces += 1
        return rule.update(*arguments)

    params = draw(0, "float32")
    slots = rule.init(params)
    results = []
    for scale in (1.0, 0.5):
        numbers = {field: scale * number for field, number in rule.numbers().items()}
        after, _ = step(params, draw(1, "float32"), slots, scale * 0.01, 1, numbers)
        results.append(np.asarray(after["dense_1"]["b"]))
    assert traces == 1
    assert not np.array_equal(*results)


@pytest.mark.parametrize("rule", RULES, ids=name)
def test_rules_that_differ_in_numbers_share_their_update(rule: Rule) -> None:
    other = type(rule)(learning_rate=0.5)
    assert other != rule
    assert other.update == rule.update
    assert hash(other.update) == hash(rule.update)


@pytest.mark.parametrize("rule", RULES, ids=name)
def test_the_defaults_lead_downhill(rule: Rule) -> None:
    rule = type(rule)()
    params = {"w": np.array([3.0, -2.0])}
    slots = rule.init(params)
    for t in range(1, STEPS + 1):
        params, slots = rule.update(params, params, slots, rule.learning_rate, t, rule.numbers())  # loss w^2 / 2
    assert np.all(np.abs(params["w"]) < [3.0, 2.0])


def test_the_learning_rate_may_follow_a_schedule() -> None:
    rule = optim.Momentum(optim.StepDecay(1.0, 0.5, every=2))
    np.testing.assert_array_equal(rule.learning_rates(np.arange(5)), [1.0, 1.0, 0.5, 0.5, 0.25])
    np.testing.assert_array_equal(optim.Momentum(0.25).learning_rates(np.arange(3)), [0.25, 0.25, 0.25])


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: optim.Adam(learning_rate=0.0), "Adam: learning_rate must be a number above 0, not 0.0"),
        (lambda: optim.Adam(beta1=1.0), "Adam: beta1 must be a number from 0 up to, not including, 1, not 1.0"),
        (lambda: optim.AdamW(weight_decay=-0.1), "AdamW: weight_decay must be a number of at least 0, not -0.1"),
        (lambda: optim.RMSProp(epsilon=0.0), "RMSProp: epsilon must be a number above 0, not 0.0"),
        (lambda: optim.Momentum(learning_rate="fast"), "Momentum: learning_rate must be a number above 0, not 'fast'"),
        (lambda: Rule(), "Rule has no formula: use a rule that has one"),
    ],
)
def test_numbers_that_make_no_sense_are_refused(make: Any, message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        make()
