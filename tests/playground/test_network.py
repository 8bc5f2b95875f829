"""A network made of its state."""

from __future__ import annotations

from typing import get_args

import numpy as np
import pytest

from pellucid.errors import DataError
from pellucid.playground.features import FEATURES, features_of, fit_inputs
from pellucid.playground.measure import measure, penalty_of
from pellucid.playground.network import ACTIVATIONS, INITIALIZERS
from pellucid.playground.optimizer import RULES, learning_rate_of
from pellucid.playground.state import Activation, DataState, Feature, Initializer, LayerState, NetworkState, Optimizer
from pellucid.trees import flatten
from playing import SMALL, layers_of, network_of


def test_every_name_of_the_state_is_known():
    assert (*ACTIVATIONS, "maxout") == get_args(Activation)
    assert tuple(INITIALIZERS) == get_args(Initializer)
    assert tuple(RULES) == get_args(Optimizer)
    assert tuple(FEATURES) == get_args(Feature)


def test_features_are_those_of_their_names():
    x = np.array([[2.0, -3.0]])
    assert features_of(x, get_args(Feature))[0] == pytest.approx([2, -3, 4, 9, -6, np.sin(2), np.sin(-3)])
    three = np.ones((4, 3))
    assert features_of(three, ["x1"]) is three
    with pytest.raises(DataError, match="choose a feature"):
        features_of(x, [])


@pytest.mark.parametrize("preparation", ["centre", "normalise", "decorrelate", "whiten"])
def test_preparation_is_fitted_on_the_training_part(preparation):
    data = DataState(problem="regression", name="valley")
    network = network_of(data, features=["x1", "x2"], preparation=preparation)
    z = network.x[: network.training]
    assert z.mean(axis=0) == pytest.approx([0, 0], abs=1e-12)
    covariance = z.T @ z / len(z)
    if preparation in ("decorrelate", "whiten"):
        assert covariance[0, 1] == pytest.approx(0, abs=1e-10)
    if preparation in ("normalise", "whiten"):
        assert np.diagonal(covariance) == pytest.approx([1, 1], abs=1e-3)
    assert network.x[network.training :].mean(axis=0) != pytest.approx([0, 0], abs=1e-6)


def test_without_preparation_inputs_go_in_as_they_are():
    x = np.random.default_rng(0).normal(size=(5, 2))
    assert fit_inputs(x, ["x2"], "none")(x)[:, 0] == pytest.approx(x[:, 1])


def test_layers_and_where_their_weights_are():
    state = [LayerState(units=3, activation="relu"), LayerState(units=2, activation="maxout")]
    network = network_of(layers=state, dropout=0.2, input_noise=0.1, weight_noise=0.1)
    assert network.model.names == (
        "gaussian_noise_1", "dense_1", "relu_1", "dropout_1", "maxout_1", "dropout_2", "dense_2",
    )  # fmt: skip
    assert [place.path for place in network.places] == ["dense_1", "maxout_1", "dense_2"]
    shapes = {path: array.shape for path, array in flatten(network.first_weights.params).items()}
    assert shapes["maxout_1/W"] == (3, 2, 2)
    assert shapes["dense_2/W"] == (2, 1)


def test_first_weights_do_not_hang_on_what_stands_between_them():
    plain = flatten(network_of().first_weights.params)
    noisy = network_of(dropout=0.2, input_noise=0.1, weight_noise=0.1, layers=layers_of(4, 2, activation="relu"))
    for path, array in flatten(noisy.first_weights.params).items():
        assert array.tobytes() == plain[path].tobytes()
    other = flatten(network_of(seed=1).first_weights.params)
    assert other["dense_1/W"].tobytes() != plain["dense_1/W"].tobytes()


def test_uniform_begins_as_tensorflow_playground_does():
    params = flatten(network_of(initializer="uniform", layers=layers_of(60, 60)).first_weights.params)
    assert np.abs(params["dense_2/W"]).max() < 0.5 < 1.02 * np.abs(params["dense_2/W"]).max()
    assert (params["dense_1/b"] == 0.1).all()


@pytest.mark.parametrize("initializer", ["small", "large", "zeros"])
def test_bad_initializers_are_bad_as_told(initializer):
    W = flatten(network_of(initializer=initializer, layers=layers_of(60, 60)).first_weights.params)["dense_2/W"]
    assert W.std() == pytest.approx({"small": 0.01, "large": 3.0, "zeros": 0.0}[initializer], rel=0.05)


@pytest.mark.parametrize(
    ("loss", "classes", "outputs", "targets"),
    [
        ("cross_entropy", 2, 1, {0, 1}),
        ("cross_entropy", 4, 4, {0, 1}),
        ("squared", 2, 1, {-1, 1}),
        ("squared", 4, 4, {-1, 1}),
        ("absolute", 2, 1, {-1, 1}),
        ("huber", 2, 1, {-1, 1}),
        ("hinge", 2, 1, {0, 1}),
        ("hinge", 4, 4, {0, 1}),
    ],
)
def test_losses_of_classes(loss, classes, outputs, targets):
    network = network_of(DataState(name="blobs", classes=classes, count=40), loss=loss)
    assert network.targets.shape == (40, outputs)
    assert set(network.targets.ravel()) == targets
    assert (network.places[-1].activation == "tanh") == (loss in ("squared", "absolute", "huber"))
    network.recipe.loss.check_target(network.outputs(network.first_weights, network.x), network.targets)
    perfect = np.where(network.targets > 0, 30.0, -30.0)
    assert (network.objective.decide(perfect) == network.labels).all()
    answer = network.objective.answer(np.tanh(perfect) if network.objective.bounded else perfect)
    right = answer[:, 0] > 0 if outputs == 1 else answer.argmax(axis=1)
    assert (right == network.labels).all()
    assert np.abs(answer).max() <= 1


@pytest.mark.parametrize("loss", ["cross_entropy", "hinge", "squared", "absolute", "huber"])
def test_losses_of_amounts_have_a_linear_output(loss):
    network = network_of(DataState(problem="regression", name="plane", count=40), loss=loss)
    assert network.places[-1].activation == "identity"
    assert measure(network, network.first_weights).accuracy is None
    y = np.array([[3.0]])
    assert network.objective.answer(y) is not None
    assert network.objective.answer(y)[0, 0] == 3


def test_penalties_charge_weights_and_not_biases():
    network = network_of(penalty="l2", penalty_rate=0.5, initializer="uniform")
    arrays = flatten(network.first_weights.params)
    expected = 0.25 * sum((array**2).sum() for path, array in arrays.items() if path.endswith("W"))
    assert penalty_of(network, network.first_weights) == pytest.approx(expected)
    assert penalty_of(network_of(), network_of().first_weights) == 0


@pytest.mark.parametrize(
    ("schedule", "shares"),
    [
        ("constant", [1, 1, 1]),
        ("step", [1, 0.5, 0.25]),
        ("exponential", [1, 0.5, 0.25]),
        ("inverse_time", [1, 1 / 2, 1 / 3]),
        ("cosine", [1, 0, 0]),
    ],
)
def test_schedules_count_in_epochs(schedule, shares):
    rate = learning_rate_of(NetworkState(schedule=schedule, schedule_epochs=7, learning_rate=0.2), 5)
    found = [rate if isinstance(rate, float) else float(rate(step)) for step in (0, 35, 70)]
    assert found == pytest.approx([0.2 * share for share in shares])


def test_warmup_begins_low():
    rate = learning_rate_of(NetworkState(schedule="warmup", schedule_epochs=10), 5)
    assert float(rate(0)) < 0.001
    assert float(rate(50)) == pytest.approx(0.03)


def test_a_batch_larger_than_the_data_is_all_of_it():
    assert network_of(SMALL, batch_size=5000).steps_an_epoch == 1
