"""The step that is explained is the step that training takes, whatever it is made of."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import pellucid.optim
import pellucid.regularize
from derivation.printed import check_lines
from pellucid import fit, ops
from pellucid.combinators import Chain, WeightNoise
from pellucid.derivation import Explanation, explain, explain_step, first_steps
from pellucid.errors import ConfigError
from pellucid.layer import Layer, Loss
from pellucid.layers import BatchNorm, Dense, Dropout, GaussianNoise, Tanh
from pellucid.losses import HalfSquaredError, SoftmaxCrossEntropy
from pellucid.optim import ClipByNorm, ClipByValue, Clipping, GradientDescent, Momentum, Rule, StepDecay
from pellucid.regularize import L1, L2, Constraint, ElasticNet, MaxNorm, Penalty, PerLayer
from pellucid.train.batch import Batch, StepInputs, Weights
from pellucid.train.recipe import Recipe
from pellucid.train.step import step
from pellucid.trees import flatten, items, tree_map
from pellucid.types import Array, Tree

SEED = 7


def kinds(room: Any, base: type) -> list[type]:
    """Every public class of a room that derives from ``base``."""
    public = (getattr(room, name) for name in room.__all__)
    return [kind for kind in public if isinstance(kind, type) and issubclass(kind, base) and kind is not base]


RULES = kinds(pellucid.optim, Rule)
PENALTIES = [L1(0.01), L2(0.1), ElasticNet(0.02, 0.05, biases=True), PerLayer({"dense_1": L2(0.3)})]
CLIPPINGS = [ClipByNorm(0.05), ClipByNorm(1e3), ClipByValue(0.02)]
CONSTRAINTS = [MaxNorm(0.7), MaxNorm(100.0)]
NETWORKS = [
    Chain(Dense(3), Tanh(), Dense(2)),
    Chain(Dense(3), BatchNorm(), Tanh(), Dropout(0.4), Dense(2)),
    Chain(GaussianNoise(0.2), Dense(2), Dense(2)),
    WeightNoise(Dense(3), Tanh(), Dropout(0.3), Dense(2), deviation=0.1),
]


@pytest.mark.parametrize(
    ("room", "base", "tried"),
    [
        (pellucid.regularize, Penalty, PENALTIES),
        (pellucid.optim, Clipping, CLIPPINGS),
        (pellucid.regularize, Constraint, CONSTRAINTS),
    ],
)
def test_every_public_part_is_tried(room: Any, base: type, tried: list[Any]) -> None:
    assert {type(part) for part in tried} == set(kinds(room, base))


def one_or_none(values: list[Any]) -> st.SearchStrategy[Any]:
    return st.sampled_from([None, *values])


@st.composite
def rules(draw: st.DrawFn) -> Rule:
    rule: Rule = draw(st.sampled_from(RULES))(draw(st.sampled_from([0.05, StepDecay(0.2, 0.5, every=3)])))
    return rule


@st.composite
def problems(draw: st.DrawFn) -> dict[str, Any]:
    """A network and a batch, with weights of every size."""
    rng = np.random.default_rng(draw(st.integers(0, 2**31)))
    model, count = draw(st.sampled_from(NETWORKS)), draw(st.integers(2, 5))
    x = rng.standard_normal((count, 2))
    params, state = model.init(ops.key(draw(st.integers(0, 1000))), x)
    params = tree_map(lambda w: w + 0.3 * rng.standard_normal(w.shape), params)
    loss: Loss = draw(st.sampled_from([HalfSquaredError(), SoftmaxCrossEntropy()]))
    y = rng.standard_normal((count, 2)) if isinstance(loss, HalfSquaredError) else rng.integers(0, 2, count)
    return {"model": model, "loss": loss, "x": x, "y": y, "params": params, "state": state}


def slots_of(rule: Rule, params: Tree, seed: int) -> Tree:
    """What the rule may remember after a while: nothing is 0, and what is a mean of squares is positive."""
    rng = np.random.default_rng(seed)
    return {slot: tree_map(lambda w: rng.uniform(0.01, 0.5, w.shape), params) for slot in rule.slots}


def taken(problem: dict[str, Any], slots: Tree, t: int, parts: dict[str, Any]) -> tuple[dict[str, Array], float]:
    """The weights after training's own step, and its loss."""
    recipe = Recipe(problem["model"], problem["loss"], **parts)
    key = ops.fold_in(ops.fold_in(ops.key(SEED), 1), t)
    inputs = StepInputs(t, float(parts["optimizer"].learning_rates(t - 1)), key)
    weights = Weights(problem["params"], problem["state"], slots)
    after, seen = step(recipe, recipe.numbers(weights.params), weights, Batch(problem["x"], problem["y"]), inputs)
    return flatten(after.params), float(seen["loss"])


def shown(explanation: Explanation, name: str) -> float:
    (value,) = (line.value for line in explanation.update if line.name == f"{name} after the step")
    return value


@given(st.data())
@settings(max_examples=60)
def test_the_step_explained_is_the_step_taken(data: st.DataObject) -> None:
    problem, rule, t = data.draw(problems()), data.draw(rules()), data.draw(st.integers(2, 9))
    parts: dict[str, Any] = {
        "optimizer": rule,
        "penalty": data.draw(one_or_none(PENALTIES)),
        "clip": data.draw(one_or_none(CLIPPINGS)),
        "constraint": data.draw(one_or_none(CONSTRAINTS)),
        "mixup": data.draw(st.sampled_from([None, 0.2, 2.0])),
    }
    slots = slots_of(rule, problem["params"], data.draw(st.integers(0, 1000)))
    after, loss = taken(problem, slots, t, parts)
    options = {**problem, **parts, "slots": slots, "t": t, "train": True, "seed": SEED}
    whole = explain_step(**options)
    check_lines(whole)
    numbers = {line.name: line.value for line in whole.steps()}
    assert numbers["E"] == pytest.approx(loss, rel=1e-12)
    for path, array in after.items():
        for index, value in np.ndenumerate(array):
            assert shown(whole, f"{path}{list(index)}") == pytest.approx(value, rel=1e-12, abs=1e-12)
    path, index = data.draw(st.sampled_from([(path, at) for path, w in after.items() for at in np.ndindex(w.shape)]))
    name = f"{path}{list(index)}"
    alone = explain(weight=name, automatic=False, **options)
    check_lines(alone)
    assert shown(alone, name) == pytest.approx(after[path][index], rel=1e-12, abs=1e-12)
    _, moment = first_steps(count=1, **options)
    assert moment.weights[name] == pytest.approx(after[path][index], rel=1e-12, abs=1e-12)


@pytest.mark.parametrize("model", NETWORKS, ids=repr)
def test_steps_explained_one_after_another_are_those_of_fit(model: Layer) -> None:
    rng = np.random.default_rng(1)
    x, y = rng.standard_normal((6, 2)), rng.standard_normal((6, 2))
    params, state = model.init(ops.key(3), x)
    parts: dict[str, Any] = {
        "optimizer": Momentum(0.1),
        "penalty": L2(1e-2),
        "clip": ClipByNorm(0.5),
        "constraint": MaxNorm(0.9),
        "mixup": 0.4,
    }
    trained = fit(
        model,
        HalfSquaredError(),
        (x, y),
        start=(params, state),
        epochs=3,
        batch_size=6,
        shuffle=False,
        seed=SEED,
        engine="numpy",
        **parts,
    )
    moments = first_steps(
        model, HalfSquaredError(), x, y, 3, params=params, state=state, train=True, seed=SEED, **parts
    )
    for path, array in items(trained.params):
        for index, value in np.ndenumerate(array):
            assert moments[-1].weights[f"{path}{list(index)}"] == pytest.approx(value, rel=1e-12, abs=1e-12)
    np.testing.assert_allclose(trained.history.steps["loss"], [moment.loss for moment in moments[:3]], rtol=1e-12)


def test_a_frozen_array_is_held_against_every_stage() -> None:
    w = {"W": np.array([[3.0], [4.0]]), "b": np.array([0.5])}
    options: dict[str, Any] = {"params": w, "constraint": MaxNorm(1.0), "penalty": L2(0.1), "fixed": "W"}
    _, after = first_steps(
        Dense(1), HalfSquaredError(), [[1.0, 2.0]], [[1.0]], 1, optimizer=Momentum(), slots=SLOTS, t=2, **options
    )
    assert set(after.weights) == {"b[0]"}
    told = explain(
        Dense(1), HalfSquaredError(), [[1.0, 2.0]], [[1.0]], "W[0, 0]", optimizer=Momentum(), slots=SLOTS, **options
    )
    assert shown(told, "W[0, 0]") == 3.0


SLOTS = {"v": {"W": np.ones((2, 1)), "b": np.ones(1)}}


def test_max_norm_is_shown_by_its_length_and_factor() -> None:
    w = {"W": np.array([[3.0, 0.1], [4.0, 0.2]]), "b": np.zeros(2)}

    def told(weight: str) -> Explanation:
        x, y = [[0.0, 0.0]], [[0.0, 0.0]]
        return explain(
            Dense(2), HalfSquaredError(), x, y, weight, params=w, optimizer=GradientDescent(), constraint=MaxNorm(1.0)
        )

    lines = {line.name: line.value for line in told("W[0, 0]").update}
    assert (lines["w"], lines["||w||"], lines["factor"]) == (3.0, 5.0, 0.2)
    assert lines["W[0, 0] after the step"] == pytest.approx(0.6)
    assert "factor" not in {line.name for line in told("W[1, 1]").update}
    assert "bounds what weighs inputs" in told("b[0]").update[-4].why


def test_a_constraint_needs_the_slots_of_all_weights() -> None:
    with pytest.raises(ConfigError, match="v must be a tree of arrays like params"):
        explain(
            Dense(1),
            HalfSquaredError(),
            [[1.0]],
            [[1.0]],
            "W[0, 0]",
            optimizer=Momentum(),
            slots={"v": 0.5},
            constraint=MaxNorm(1.0),
        )


def test_a_mixture_is_shown_with_the_two_examples_it_came_from() -> None:
    x, y = np.arange(8.0).reshape(4, 2), np.array([0, 1, 0, 1])
    told = explain(
        Dense(2), SoftmaxCrossEntropy(), x, y, "W[1, 0]", mixup=0.5, sample=2, seed=1, names={"W[1, 0]": "w"}
    )
    check_lines(told)
    share, first, second = told.forward[:3]
    assert (share.name, first.name, second.name) == ("s", "x[0]", "x[1]")
    assert "example 2 of the batch with example" in share.why
    partner = int(share.why.split("with example ")[1][0])
    assert first.value == pytest.approx(share.value * 4.0 + (1.0 - share.value) * x[partner, 0])
    assert told.forward[-1].formula is not None
    assert {"s", "E_first", "E_second"} <= {symbol.name for symbol in told.forward[-1].formula.symbols()}


def test_of_many_inputs_those_are_told_that_the_derivation_uses() -> None:
    rng = np.random.default_rng(0)
    x, y = rng.standard_normal((3, 300)), rng.standard_normal((3, 1))
    told = explain(Dense(1), HalfSquaredError(), x, y, "W[17, 0]", mixup=0.5, sample=1)
    assert [line.name for line in told.forward if line.name.startswith("x[")] == ["x[17]"]
    assert explain(Dense(1), HalfSquaredError(), x, y, "x[5]", mixup=0.5, sample=1).forward[1].name == "x[5]"


def test_mixup_must_be_an_amount() -> None:
    with pytest.raises(ConfigError, match="mixup must be"):
        explain(Dense(1), HalfSquaredError(), [[1.0]], [[1.0]], "W[0, 0]", mixup=-1.0)
