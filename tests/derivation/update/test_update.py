"""The update and the check: every rule's step, the loss it leads to, and verdicts on the gradient."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from derivation.printed import check_lines
from pellucid.combinators import Chain
from pellucid.derivation import Explanation, explain, explain_step
from pellucid.errors import ConfigError, ExplainError, ShapeError, UnknownNameError
from pellucid.layer import Layer
from pellucid.layers import Dense, ReLU, Tanh
from pellucid.losses import MeanSquaredError
from pellucid.optim import (
    AdaDelta,
    AdaGrad,
    Adam,
    Adamax,
    AdamW,
    ClipByNorm,
    ClipByValue,
    GradientDescent,
    Lion,
    Momentum,
    Nesterov,
    RMSProp,
    Rule,
    StepDecay,
)
from pellucid.regularize import L1, L2, ElasticNet, Penalty, PerLayer

RULES = (AdaDelta, AdaGrad, Adam, AdamW, Adamax, GradientDescent, Lion, Momentum, Nesterov, RMSProp)

PARAMS = {
    "dense_1": {"W": np.array([[0.4, -0.3], [0.2, 0.7]]), "b": np.array([0.1, -0.2])},
    "dense_2": {"W": np.array([[0.5], [-0.6]]), "b": np.array([0.3])},
}
X, Y = np.array([[1.0, 2.0], [-1.0, 0.5]]), np.array([[1.0], [0.0]])


def told(weight: str = "dense_1/W[0, 1]", act: Layer | None = None, **options: Any) -> Explanation:
    network = Chain(Dense(2), act or Tanh(), Dense(1))
    explanation = explain(network, MeanSquaredError(), X, Y, weight, params=PARAMS, **options)
    check_lines(explanation)
    return explanation


def last(explanation: Explanation, name: str) -> float:
    return next(step.value for step in reversed(explanation.update) if step.name == name)


@pytest.mark.parametrize("kind", RULES)
@pytest.mark.parametrize("t", [1, 3])
def test_every_rule_moves_the_weight_as_it_moves_arrays(kind: type[Rule], t: int) -> None:
    rule = kind()
    slots = (
        {
            slot: {name: {p: 0.01 + w**2 for p, w in arrays.items()} for name, arrays in PARAMS.items()}
            for slot in rule.slots
        }
        if t > 1
        else {}
    )
    explanation = told(optimizer=rule, slots=slots, t=t)
    w, g = PARAMS["dense_1"]["W"][0, 1], explanation.value
    remembered = {slot: np.array([0.01 + w**2]) if t > 1 else np.zeros(1) for slot in rule.slots}
    rate = float(rule.learning_rates(t - 1))
    moved, _ = rule.update(np.array([w]), np.array([g]), remembered, rate, t, rule.numbers())
    assert last(explanation, "dense_1/W[0, 1] after the step") == pytest.approx(moved[0], rel=1e-12)
    assert all(step.formula is not None for step in explanation.update if step.name not in ("E before", "E after"))


@pytest.mark.parametrize("limit", [1e9, 0.1])
def test_the_loss_after_the_step_is_that_of_all_weights_moved(limit: float) -> None:
    explanation = told(optimizer=GradientDescent(0.1), penalty=L2(0.3), clip=ClipByValue(limit))
    moved: dict[str, dict[str, np.ndarray]] = {layer: {} for layer in PARAMS}
    for layer, arrays in PARAMS.items():
        for path, w in arrays.items():
            g = [told(f"{layer}/{path}{list(at)}", automatic=False).value for at in np.ndindex(w.shape)]
            total = np.reshape(g, w.shape) + (0.3 * w if path == "W" else 0.0)
            moved[layer][path] = w - 0.1 * np.clip(total, -limit, limit)
    hidden = np.tanh(X @ moved["dense_1"]["W"] + moved["dense_1"]["b"])
    error = ((hidden @ moved["dense_2"]["W"] + moved["dense_2"]["b"] - Y) ** 2).mean()
    assert last(explanation, "E after") == pytest.approx(error, rel=1e-12)
    assert last(explanation, "change") < 0


def test_with_the_memory_of_one_weight_alone_that_one_moves() -> None:
    explanation = told(optimizer=Momentum(0.1, momentum=0.9), slots={"v": 0.5}, t=3)
    w = PARAMS["dense_1"]["W"][0, 1]
    assert last(explanation, "dense_1/W[0, 1] after the step") == pytest.approx(w + 0.45 - 0.1 * explanation.value)
    assert "alone" in explanation.update[-2].why


def test_a_schedule_gives_the_rate_of_the_step() -> None:
    explanation = told(optimizer=GradientDescent(StepDecay(0.8, 0.5, every=2)), t=5)
    assert last(explanation, "learning_rate") == pytest.approx(0.2)


@pytest.mark.parametrize(
    ("penalty", "pull"),
    [
        (L1(0.1), -0.1),
        (L2(0.1), -0.03),
        (ElasticNet(0.1, 0.2), -0.16),
        (PerLayer({"dense_1": L2(1.0)}), -0.3),
        (PerLayer({"dense_2": L2(1.0)}), 0.0),
    ],
)
def test_a_penalty_is_added_to_the_gradient(penalty: Penalty, pull: float) -> None:
    explanation = told(optimizer=GradientDescent(0.5), penalty=penalty)
    assert last(explanation, "g with penalty") == pytest.approx(explanation.value + pull)
    w = -0.3 - 0.5 * (explanation.value + pull)
    assert last(explanation, "dense_1/W[0, 1] after the step") == pytest.approx(w)


def test_clipping_comes_after_the_penalty() -> None:
    explanation = told(optimizer=GradientDescent(1.0), penalty=L2(100.0), clip=ClipByValue(0.25))
    assert last(explanation, "g clipped") == -0.25
    short = told(optimizer=GradientDescent(1.0), clip=ClipByNorm(1e-3))
    assert last(short, "g clipped") == pytest.approx(short.value * 1e-3 / last(short, "||g||"))
    assert last(told(optimizer=GradientDescent(1.0), clip=ClipByNorm(1e3)), "g clipped") == short.value


def test_bad_options_of_the_update_are_named() -> None:
    with pytest.raises(UnknownNameError, match="slot of Momentum 'velocity'"):
        told(optimizer=Momentum(), slots={"velocity": 1.0})
    with pytest.raises(ConfigError, match="t must"):
        told(optimizer=Momentum(), t=0)
    with pytest.raises(UnknownNameError, match="weight in slots 'dense_1/W'"):
        told(optimizer=Momentum(), slots={"v": {"W": np.zeros((2, 2))}})
    for nothing in ({}, None, np.zeros((2, 2)), "v"):
        with pytest.raises(
            ConfigError, match="v must be a number for the weight, or a tree of arrays like params, with d"
        ):
            told(optimizer=Momentum(), slots={"v": nothing})
    with pytest.raises(ConfigError, match="GradientDescent remembers nothing: leave out slots"):
        told(optimizer=GradientDescent(), slots={"v": {}})
    with pytest.raises(ConfigError, match="slots must be a Mapping"):
        told(optimizer=Momentum(), slots=3.0)
    turned = {name: {path: w.T for path, w in arrays.items()} for name, arrays in PARAMS.items()}
    with pytest.raises(ShapeError, match=r"v at dense_2/W has shape \(1, 2\), its weights \(2, 1\)"):
        told(optimizer=Momentum(), slots={"v": turned})
    with pytest.raises(ExplainError, match="give an optimizer"):
        told(penalty=L2(0.1))
    optax = pytest.importorskip("optax")
    with pytest.raises(ExplainError, match="no formula"):
        told(optimizer=optax.sgd(0.1))


@pytest.mark.parametrize("weight", ["dense_1/W[0, 1]", "dense_2/b[0]", "x[1, 0]", "dense_1[0, 1]", "tanh_1[1, 1]"])
def test_the_check_confirms_weights_inputs_and_what_is_between(weight: str) -> None:
    explanation = told(weight)
    error = explanation.check[-1]
    assert error.value < 1e-7
    assert error.why.endswith("below 1e-7: right")
    numerical = next(step.value for step in explanation.check if step.name == "numerical")
    assert numerical == pytest.approx(explanation.value, rel=1e-7)


def test_a_kink_within_the_difference_is_told() -> None:
    network = Chain(Dense(1), ReLU())
    params = {"dense_1": {"W": np.array([[1.0]]), "b": np.array([-1.0 + 1e-6])}, "relu_1": {}}
    explanation = explain(
        network, MeanSquaredError(), np.array([[1.0]]), np.array([[2.0]]), "dense_1/W[0, 0]", params=params
    )
    assert explanation.check[-1].value > 1e-4
    assert "the slope jumps" in explanation.check[-1].why
    assert explanation.check[-1].why.endswith("right")


class Doubled(Tanh):
    def derivative(self, x: np.ndarray, y: np.ndarray) -> np.ndarray:
        return 2.0 * super().derivative(x, y)


def test_a_wrong_backward_is_an_error() -> None:
    network = Chain(Dense(1), Doubled())
    with pytest.raises(ExplainError, match=r"the fault is in doubled_1 \(Doubled\(\)\)"):
        explain(network, MeanSquaredError(), np.array([[1.0]]), np.array([[2.0]]), "dense_1/W[0, 0]")
    with pytest.raises(ExplainError, match="the fault is in doubled_1"):
        explain_step(network, MeanSquaredError(), np.array([[1.0]]), np.array([[2.0]]), GradientDescent(0.1))


@pytest.mark.parametrize(("step", "said"), [(1e-20, "no verdict"), (1e-13, "no verdict"), (1e3, "right")])
def test_a_step_too_short_gives_no_verdict(step: float, said: str) -> None:
    network = Chain(Dense(1), Tanh())
    told = explain(network, MeanSquaredError(), np.array([[1.0]]), np.array([[2.0]]), "dense_1/W[0, 0]", step=step)
    assert said in told.check[-1].why
    assert (step < 1e-5) == ("a longer step" in told.check[-1].why)


def test_a_weight_that_is_held_stays() -> None:
    explanation = told("dense_1/W[0, 1]", optimizer=Momentum(), fixed="dense_1/W")
    after = explanation.update[0]
    assert (after.name, after.value) == ("dense_1/W[0, 1] after the step", PARAMS["dense_1"]["W"][0, 1])
    assert "held fixed" in after.why
    assert explanation.update[1].name == "E before"
