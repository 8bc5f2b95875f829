"""From settings to a network, a loss, an update rule and the arguments of ``fit``."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from pellucid import (
    Adam,
    ConfigError,
    Dense,
    EarlyStopping,
    ElasticNet,
    Fork,
    GradientDescent,
    Hinge,
    MaxNorm,
    MeanSquaredError,
    SigmoidCrossEntropy,
    SoftmaxCrossEntropy,
    load_dataset,
)
from pellucid.data.base.layout import TokenLayout
from pellucid.jobs.gather import validate
from pellucid.jobs.network import (
    check_outputs,
    make_loss,
    make_network,
    make_optimizer,
    renamed_settings,
    training_options,
)
from pellucid.optim import ClipByNorm

IRIS, CANCER, DIGITS = (load_dataset(name) for name in ("iris", "breast-cancer", "digits"))
WORDS = replace(IRIS, layout=TokenLayout(4, 10))


def settings(**values):
    return validate({"data": "iris", **values}, "options")


@pytest.mark.parametrize(
    ("task", "loss", "smoothing", "wanted"),
    [
        ("classification", None, None, SoftmaxCrossEntropy()),
        ("classification", None, 0.1, SoftmaxCrossEntropy(label_smoothing=0.1)),
        ("classification", "Hinge", None, Hinge()),
        ("regression", None, None, MeanSquaredError()),
        ("forecasting", None, None, MeanSquaredError()),
        ("multi-label", None, 0.1, SigmoidCrossEntropy(label_smoothing=0.1)),
    ],
)
def test_the_usual_loss_of_a_task_unless_another_is_named(task, loss, smoothing, wanted):
    assert make_loss(settings(loss=loss, label_smoothing=smoothing), task) == wanted


@pytest.mark.parametrize(
    ("task", "values", "message"),
    [
        ("classification", {"loss": "mse"}, r"MeanSquaredError\(\) is for regression, and this is classification"),
        ("multi-label", {"loss": "mse"}, r"several labels are for SigmoidCrossEntropy, not for MeanSquaredError\(\)"),
        ("regression", {"label_smoothing": 0.1}, "label_smoothing is for cross-entropy between classes, not for Mean"),
        ("classification", {"loss": "Hinge", "label_smoothing": 0.1}, "label_smoothing is for cross-entropy"),
    ],
)
def test_a_loss_for_another_task_is_refused(task, values, message):
    with pytest.raises(ConfigError, match=message):
        make_loss(settings(**values), task)


@pytest.mark.parametrize("given", [{"augment": ["noise:0.1"]}, {"input_noise": 0.1}, {"mixup": 0.2}])
def test_numbers_that_stand_for_terms_are_not_changed(given):
    with pytest.raises(ConfigError, match=f"{next(iter(given))} changes numbers, but in a text as a sequence"):
        make_network(settings(**given), WORDS)


def test_a_whole_network_is_taken_as_it_is():
    model, notes = make_network(settings(network={"type": "Linear", "units": 3}), IRIS)
    assert model == Dense(3)
    assert notes == ("Linear: Dense",)


def test_the_outputs_must_be_those_of_the_data():
    check_outputs(Dense(3), IRIS, MeanSquaredError())
    check_outputs(Dense(1), CANCER, MeanSquaredError())  # of two classes
    with pytest.raises(ConfigError, match=r"outputs of shape \(2,\), the data needs 3 outputs, one for each class"):
        check_outputs(Dense(2), IRIS, MeanSquaredError())
    with pytest.raises(ConfigError, match="the network gives several outputs, the data needs 3"):
        check_outputs(Fork(Dense(3), Dense(3)), IRIS, MeanSquaredError())


def test_a_learning_rate_is_given_once():
    assert make_optimizer(settings(optimizer="Adam", learning_rate=0.5)) == Adam(0.5)
    twice = settings(optimizer={"type": "Adam", "learning_rate": 0.1}, learning_rate=0.5)
    with pytest.raises(ConfigError, match="learning_rate is given twice"):
        make_optimizer(twice)


def test_names_of_other_libraries_are_told_with_those_of_here():
    found = settings(optimizer="sgd", loss="mse", learning_rate=0.1)
    assert make_optimizer(found) == GradientDescent(0.1)
    assert renamed_settings(found, MeanSquaredError()) == ("mse: MeanSquaredError", "sgd: GradientDescent")


def test_settings_become_the_arguments_of_fit():
    usual = training_options(settings(), 4999)
    assert usual["batch_size"] == 32
    assert [usual[name] for name in ("penalty", "clip", "constraint", "mixup")] == [None] * 4
    asked = training_options(settings(l1=0.1, clip_norm=2.0, max_norm=3.0, patience=4, epochs=5), 5000)
    assert asked["batch_size"] == 128
    assert asked["penalty"] == ElasticNet(0.1, 0.0)
    assert asked["clip"] == ClipByNorm(2.0)
    assert asked["constraint"] == MaxNorm(3.0)
    assert asked["early_stopping"] == EarlyStopping(4)
    assert asked["epochs"] == 5
    assert training_options(settings(patience=0), 10)["early_stopping"] is None


def test_images_are_laid_out_for_the_network_named():
    for name in ("linear", "mlp", "cnn", "gru"):
        model, (note,) = make_network(settings(data="digits", network=name, seed=1), DIGITS)
        assert note.startswith(f"network: {name} for ")
        check_outputs(model, DIGITS, MeanSquaredError())
    assert np.shape(DIGITS.train.x)[1:] == (64,)
