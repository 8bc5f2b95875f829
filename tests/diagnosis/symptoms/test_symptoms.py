"""Each symptom where it is, and not where it is not."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import entr

from diagnosis.measured import circle, measurements_of
from pellucid import (
    L2,
    Adam,
    Chain,
    Dense,
    Dropout,
    GradientDescent,
    HalfSquaredError,
    Momentum,
    Nesterov,
    ReLU,
    RMSProp,
    Sigmoid,
    SoftmaxCrossEntropy,
    Step,
    Tanh,
)
from pellucid.diagnosis.measurements import chance_loss
from pellucid.diagnosis.steady_limit import steady_limit
from pellucid.diagnosis.symptoms import find_symptoms
from pellucid.initializers import Zeros

RELU = Chain(Dense(4), ReLU(), Dense(1))
TANH = Chain(Dense(4), Tanh(), Dense(2), Tanh(), Dense(1))


def dense(W, b=None):
    W = np.array(W, float)
    return {"W": W, "b": np.zeros(W.shape[1]) if b is None else np.array(b, float)}


def found(measured):
    return {symptom.name: symptom for symptom in find_symptoms(measured)}


@pytest.fixture(scope="module")
def trained():
    return measurements_of(TANH, epochs=300, optimizer=Adam(0.03))


def test_a_network_that_learns_has_no_symptom(trained):
    assert trained.loss < 0.3
    assert find_symptoms(trained) == ()


def test_a_network_that_begins_has_no_symptom():
    assert find_symptoms(measurements_of(TANH)) == ()


def test_dead_units_are_named_and_harm_where_they_are_most_of_a_layer():
    W = np.random.default_rng(0).normal(size=(2, 4))
    few = found(measurements_of(RELU, params={"dense_1": dense(W, [-9, 0.5, 0.5, 0.5])}))["dead_units"]
    assert (few.path, few.level, few.seen["which"], few.seen["dead"]) == ("dense_1", "note", "0", 1)
    most = found(measurements_of(RELU, params={"dense_1": dense(W, [-9, -9, -9, 0.5])}))["dead_units"]
    assert (most.level, most.seen["dead"]) == ("warning", 3)


def test_a_step_is_not_dead_though_it_has_no_slope():
    assert "dead_units" not in found(measurements_of(Chain(Dense(3), Step(), Dense(1))))


def test_saturated_units():
    seen = found(measurements_of(TANH, params={"dense_1": dense(np.full((2, 4), 50.0) * [[1, -1, 2, 3]])}))
    assert seen["saturated_units"].path == "dense_1"
    assert seen["saturated_units"].seen["share"] > 0.9
    assert seen["saturated_units"].seen["saturated"] == 4


def test_units_that_are_sure_and_right_are_not_called_saturated():
    x = np.array([[-1.0, 0.0], [1.0, 0.0]])
    data = (x, np.array([[0.0], [1.0]]))
    params = {"dense_1": dense([[9.0], [0.0]]), "dense_2": dense([[9.0]])}
    assert find_symptoms(measurements_of(Chain(Dense(1), Tanh(), Dense(1)), data=data, test=data, params=params)) == ()


def test_gradients_fade_through_many_sigmoids():
    deep = Chain(*[layer for _ in range(8) for layer in (Dense(4), Sigmoid())], Dense(1))
    fading = found(measurements_of(deep))["fading_gradients"]
    assert fading.seen["ratio"] < 1e-3
    assert fading.seen["first"] == pytest.approx(fading.seen["ratio"] * fading.seen["last"])


def test_a_step_longer_than_the_weights():
    rng = np.random.default_rng(0)
    params = {f"dense_{n}": dense(rng.normal(size=shape) * 4) for n, shape in enumerate([(2, 8), (8, 8), (8, 1)], 1)}
    model = Chain(Dense(8), ReLU(), Dense(8), ReLU(), Dense(1))
    how = {"params": params, "loss": HalfSquaredError()}
    assert found(measurements_of(model, **how))["exploding_gradients"].seen["step"] > 1.0
    assert "exploding_gradients" not in found(measurements_of(model, optimizer=Adam(0.1), **how))


def test_a_rate_above_the_limit_oscillates_and_the_sharpness_says_so():
    model, rng = Chain(Dense(1)), np.random.default_rng(0)
    x = rng.normal(size=(50, 2)) * [1.0, 3.0]
    data = (x, x @ [[1.0], [1.0]])
    sharpest = np.linalg.eigvalsh(np.c_[x, np.ones(50)].T @ np.c_[x, np.ones(50)] / 50)[-1]
    for rule, limit in ((GradientDescent, 2.0), (Momentum, 3.8), (Nesterov, 2 * 1.9 / 2.8)):
        more = {} if rule is GradientDescent else {"momentum": 0.9}
        too_fast = rule(1.01 * limit / sharpest, **more)
        how = {"loss": HalfSquaredError(), "data": data, "test": data, "epochs": 60}
        sign = found(measurements_of(model, optimizer=too_fast, **how)).get("oscillation")
        assert sign is not None, rule
        assert sign.seen["sharpness"] == pytest.approx(sharpest, rel=0.02)
        assert sign.seen["limit"] == pytest.approx(sharpest / 1.01, rel=1e-6)
        steady = measurements_of(model, optimizer=rule(0.5 * limit / sharpest, **more), **how)
        assert "oscillation" not in found(steady)


def test_the_limits_of_rules_that_scale():
    slots = {"m": {"W": np.zeros(1)}, "v": {"W": np.array([0.25 * (1 - 0.999)])}}
    limit = steady_limit(Adam(0.1), slots, 1, 0.1)
    assert limit.value == pytest.approx(380.0)
    assert limit.scale["W"] == pytest.approx(1 / np.sqrt(0.5))
    assert steady_limit(RMSProp(0.1), {"s": {"W": np.array([4.0])}}, 3, 0.1).scale["W"] == pytest.approx(
        1 / np.sqrt(2.0)
    )
    assert steady_limit(Adam(0.1), slots, 0, 0.1) is None


def test_a_test_loss_that_left_its_lowest_by_more_than_chance_is_overfitting():
    x, y = circle(20)
    noisy = (x, np.where(np.random.default_rng(1).random(y.shape) < 0.3, 1 - y, y))
    wide = Chain(Dense(30), Tanh(), Dense(30), Tanh(), Dense(1))
    over = found(measurements_of(wide, data=noisy, optimizer=Adam(0.02), epochs=400))["overfitting"]
    assert over.seen["gap"] > 3 * over.seen["error"]
    assert over.seen["test"] > over.seen["lowest"]


def test_units_that_are_alike():
    zeros = Chain(Dense(3, weight=Zeros()), Tanh(), Dense(1, weight=Zeros()))
    alike = found(measurements_of(zeros, epochs=5))["symmetric_units"]
    assert (alike.path, alike.seen["alike"], alike.seen["units"]) == ("dense_1", 3, 3)
    mixed = Chain(Dense(3, weight=Zeros()), Tanh(), Dropout(0.5), Dense(1, weight=Zeros()))
    assert "symmetric_units" not in found(measurements_of(mixed))


def test_a_penalty_that_takes_all_weights_leaves_no_progress():
    still = found(measurements_of(TANH, optimizer=GradientDescent(1.0), penalty=L2(0.5), epochs=80))["no_progress"]
    assert still.seen["weights"] < 1e-6
    assert still.seen["loss"] == pytest.approx(still.seen["chance"], rel=0.01)


def test_divergence_says_where_the_first_number_was_not_finite():
    measured = measurements_of(TANH, failure="step 3 (epoch 2): the output of layer dense_1 is NaN")
    (sign,) = find_symptoms(measured)
    assert sign.name == "divergence"
    assert "dense_1" in sign.seen["array"]


def test_a_loss_far_above_a_constant_answer_diverges():
    data = circle()
    measured = measurements_of(
        Chain(Dense(1)), HalfSquaredError(), data, optimizer=GradientDescent(3.2), epochs=12, test=data
    )
    assert found(measured)["divergence"].seen["loss"] > 3 * measured.chance


def test_the_loss_of_the_best_constant():
    labels = np.array([0, 0, 0, 1, 1, 2])
    shares = np.array([3, 2, 1]) / 6
    assert chance_loss(SoftmaxCrossEntropy(), labels, 3) == pytest.approx(entr(shares).sum(), rel=1e-4)
    y = np.array([[1.0], [2.0], [6.0]])
    assert chance_loss(HalfSquaredError(), y, 1) == pytest.approx(0.5 * y.var())
