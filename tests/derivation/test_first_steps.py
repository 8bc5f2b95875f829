"""The first steps of a training, beside the textbook's algorithm written out once more."""

from __future__ import annotations

import math

import numpy as np
import pytest

from pellucid import L2, Adam, Chain, Dense, GradientDescent, HalfSquaredError, Momentum, ReLU
from pellucid.derivation.derive.largest_gradient import weight_of_largest_gradient
from pellucid.derivation.first_steps import first_steps
from pellucid.derivation.lessons import EXAMPLES
from pellucid.derivation.update.training_step import TrainingStep
from pellucid.errors import ConfigError, ExplainError, ShapeError, UnknownNameError

SMALL = GradientDescent(0.01)
PARAMS = {"W": np.array([[0.5]]), "b": np.array([0.1])}


def sigmoid(a):
    return 1 / (1 + math.exp(-a))


def classic(steps):
    """Losses of the 2-2-2 network, after each step: w1 ... w8 by the delta rule, biases as they are."""
    i, t, w = (0.05, 0.10), (0.01, 0.99), [0.15, 0.20, 0.25, 0.30, 0.40, 0.45, 0.50, 0.55]
    for _ in range(steps + 1):
        h = [sigmoid(w[2 * k] * i[0] + w[2 * k + 1] * i[1] + 0.35) for k in range(2)]
        o = [sigmoid(w[4 + 2 * k] * h[0] + w[5 + 2 * k] * h[1] + 0.60) for k in range(2)]
        yield sum((t[k] - o[k]) ** 2 / 2 for k in range(2)), list(w)
        delta = [(o[k] - t[k]) * o[k] * (1 - o[k]) for k in range(2)]
        hidden = [h[j] * (1 - h[j]) * sum(delta[k] * w[4 + 2 * k + j] for k in range(2)) for j in range(2)]
        w = [w[n] - 0.5 * hidden[n // 2] * i[n % 2] for n in range(4)] + [
            w[4 + n] - 0.5 * delta[n // 2] * h[n % 2] for n in range(4)
        ]


def test_the_classic_over_two_hundred_steps():
    moments = EXAMPLES["two-two-two"].first_steps(200)
    for moment, (error, weights) in zip(moments, classic(200), strict=True):
        assert moment.loss == pytest.approx(error, rel=1e-10)
        assert [moment.weights[f"w{n}"] for n in range(1, 9)] == pytest.approx(weights, rel=1e-10)


@pytest.mark.parametrize("example", EXAMPLES.values(), ids=lambda example: example.name)
def test_the_first_step_is_the_one_explained(example):
    before, after = example.first_steps(1)
    told = {step.name: step.value for step in example.explain_step().steps()}
    assert after.loss == pytest.approx(told["E after"], rel=1e-12)
    for name, gradient in before.gradients.items():
        assert told[f"∂E/∂{name}"] == pytest.approx(gradient, rel=1e-12, abs=1e-15)
        assert told[f"{name} after the step"] == pytest.approx(after.weights[name], rel=1e-12)


def test_steps_that_are_too_large_end_with_a_word():
    with pytest.raises(ExplainError, match="take a smaller learning rate"):  # and no warning, which would be an error
        steps(400, optimizer=GradientDescent(10.0))
    with pytest.raises(ExplainError, match="before the first step the loss is inf"):
        steps(1, params={"W": np.array([[1e200]]), "b": np.zeros(1)})


def steps(count=1, *, optimizer=SMALL, **options):
    return first_steps(Dense(1), HalfSquaredError(), [[9.0]], [[1.0]], count, optimizer=optimizer, **options)


def test_what_cannot_be_asked_is_said_in_a_line():
    with pytest.raises(ConfigError, match="optimizer must be an update rule"):
        steps(optimizer="adam")
    with pytest.raises(UnknownNameError, match="unknown path in fixed 'w': did you mean W"):
        steps(fixed=("w",))
    with pytest.raises(ConfigError, match=r"first_steps: names has text for each number, not 'W\[0, 0\]': 3"):
        steps(names={"W[0, 0]": 3})
    with pytest.raises(ConfigError, match="v must be a tree of arrays like params, with W of shape"):
        steps(optimizer=Momentum(), slots={"v": 1.0})
    with pytest.raises(ShapeError, match="first_steps: params/W has shape"):
        steps(params={"W": np.zeros((2, 1)), "b": np.zeros(1)})


def test_one_path_alone_stays():
    before, after = steps(fixed="W")
    assert set(before.weights) == {"b[0]"}
    assert after.weights["b[0]"] != 0.0


def test_steps_go_on_from_what_the_optimizer_remembers():
    four = steps(4, optimizer=Adam(0.1), penalty=L2(0.3), params=PARAMS)
    step = TrainingStep(Adam(0.1), penalty=L2(0.3))
    params = PARAMS
    for _ in range(2):
        error = 9.0 * params["W"][0, 0] + params["b"][0] - 1.0
        update = step.updates(params, {"W": np.array([[9.0 * error]]), "b": np.array([error])})[-1]
        params, step = update.params, step.after(update)
    two = steps(2, optimizer=Adam(0.1), penalty=L2(0.3), params=params, slots=step.slots, t=3)
    assert [moment.weights for moment in two] == [moment.weights for moment in four[2:]]


def test_the_steepest_weight_is_of_the_first_layer_that_learns():
    model, loss = Chain(Dense(2), ReLU(), Dense(1)), HalfSquaredError()
    params = {
        "dense_1": {"W": np.array([[1.0, -1.0], [2.0, -2.0]]), "b": np.zeros(2)},
        "relu_1": {},
        "dense_2": {"W": np.array([[3.0], [4.0]]), "b": np.zeros(1)},
    }
    x, y = np.array([[1.0, 2.0]]), np.array([[0.0]])
    assert weight_of_largest_gradient(model, loss, x, y, params, None) == "dense_1/W[1, 0]"
    assert weight_of_largest_gradient(model, loss, -x * 0, y + 1, params, None) == "dense_2/b[0]"
    with pytest.raises(ExplainError, match=r"no weights: name an input, such as x\[0\]"):
        weight_of_largest_gradient(ReLU(), loss, x, x, None, None)
