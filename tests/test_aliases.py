"""Names of other libraries: what each means here, and what is told of it."""

from __future__ import annotations

import dataclasses

import pytest

from pellucid import (
    L2,
    LSTM,
    Adam,
    AdamW,
    BatchNorm,
    Cell,
    ConfigError,
    Constant,
    Conv2D,
    Dense,
    Dropout,
    Embedding,
    ExponentialDecay,
    Glorot,
    GradientDescent,
    He,
    Hinge,
    Huber,
    Identity,
    Initializer,
    LeakyReLU,
    LeCun,
    MaxPool2D,
    MeanAbsoluteError,
    MeanSquaredError,
    Nesterov,
    RMSProp,
    Sigmoid,
    SigmoidCrossEntropy,
    SiLU,
    SoftmaxCrossEntropy,
    TransformerBlock,
    UnknownNameError,
    spec,
)
from pellucid.aliases import ALIASES, COUNTERPARTS, FIELDS, SETTINGS, find_fields, find_settings, plain
from pellucid.jobs.settings import settings_model
from pellucid.layer import Layer, Loss
from pellucid.layers.activations.activation_info import ActivationInfo
from pellucid.optim import Optimizer
from pellucid.regularize import Penalty
from pellucid.value import Value, subclasses


def test_names_are_found_however_they_are_written():
    for name in ("LeakyReLU", "leaky_relu", "leaky-relu", "LEAKYRELU"):
        assert spec.find(Layer, name) is LeakyReLU
    with pytest.raises(UnknownNameError, match="did you mean Dense"):
        spec.find(Layer, "Dens")


@pytest.mark.parametrize(
    ("base", "names", "value"),
    [
        (Optimizer, "sgd SGD gd", GradientDescent()),
        (Optimizer, "nag sgd-nesterov", Nesterov()),
        (Loss, "mse MSELoss squared_error mean_squared_error", MeanSquaredError()),
        (Loss, "mae l1loss L1Loss l1", MeanAbsoluteError()),
        (Loss, "ce cross-entropy crossentropy CrossEntropyLoss nll NLLLoss log_loss", SoftmaxCrossEntropy()),
        (Loss, "sparse_categorical_crossentropy categorical-crossentropy", SoftmaxCrossEntropy()),
        (Loss, "bce BCELoss bce-with-logits BCEWithLogitsLoss binary_crossentropy logistic", SigmoidCrossEntropy()),
        (Loss, "SmoothL1Loss HuberLoss", Huber()),
        (Loss, "hinge HingeLoss svm", Hinge()),
        (Initializer, "xavier xavier_normal_ glorot_normal", Glorot()),
        (Initializer, "glorot_uniform xavier-uniform", Glorot(distribution="uniform")),
        (Initializer, "kaiming he_normal kaiming_normal", He()),
        (Initializer, "he_uniform kaiming_uniform", He(distribution="uniform")),
        (Initializer, "lecun_uniform", LeCun()),
        (Initializer, "ones", Constant(1.0)),
        (ActivationInfo, "swish silu", SiLU()),
        (ActivationInfo, "logistic", Sigmoid()),
        (ActivationInfo, "linear", Identity()),
        (ActivationInfo, "leaky_relu leakyrelu", LeakyReLU()),
        (Layer, "batchnorm BatchNorm2d batch_normalization", BatchNorm()),
        (Cell, "lstm LSTMCell", LSTM),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_names_of_other_libraries_are_understood(base, names, value):
    for name in names.split():
        described = {"type": name, "units": 3} if base is Cell else name
        assert spec.decode(described, base) == (value(3) if base is Cell else value)
        assert type(spec.decode(described, base)) is spec.find(base, name)


def test_a_name_of_two_families_means_what_is_asked_for():
    assert spec.decode({"type": "linear", "units": 3}, Layer) == Dense(3)
    assert spec.find(ActivationInfo, "linear") is Identity
    assert spec.find(Loss, "l2") is MeanSquaredError
    assert spec.find(Penalty, "l2") is L2


@pytest.mark.parametrize(
    ("base", "name", "hint"),
    [
        (Optimizer, "nadam", "take Adam or AdamW"),
        (Loss, "MultiMarginLoss", "take Hinge"),
        (Loss, "KLDivLoss", "take SoftmaxCrossEntropy"),
        (Initializer, "random_uniform", "take LeCun, Glorot or He"),
        (ActivationInfo, "mish", "take SiLU"),
        (Layer, "mish", "take SiLU"),
        (Layer, "lstm", 'type = "Recurrent", cell = { type = "LSTM"'),
        (Layer, "InstanceNorm2d", "take GroupNorm"),
    ],
)
def test_a_name_without_a_counterpart_says_what_to_take(base, name, hint):
    with pytest.raises(UnknownNameError, match=f"unknown .* {name!r}: .*{hint}"):
        spec.find(base, name)


def test_a_field_that_another_rule_has_says_which():
    with pytest.raises(
        UnknownNameError, match="unknown field of GradientDescent 'momentum': take Momentum or Nesterov"
    ):
        spec.decode({"type": "sgd", "momentum": 0.9}, Optimizer)


def test_every_alias_means_a_class_there_is():
    known = {cls.__name__ for cls in subclasses(Value)}
    for name, meanings in ALIASES.items():
        assert name == plain(name)
        assert {alias.name for alias in meanings} <= known
    for name, (near, hint) in COUNTERPARTS.items():
        assert name == plain(name)
        assert near in known
        assert name not in ALIASES or not {near} & {alias.name for alias in ALIASES[name]}
        assert hint


@pytest.mark.parametrize(
    ("described", "base", "value", "notes"),
    [
        (
            {"type": "adam", "lr": 0.1, "eps": 1e-7},
            Optimizer,
            Adam(0.1, epsilon=1e-7),
            ("lr: learning_rate", "eps: epsilon"),
        ),
        ({"type": "Adam", "learningRate": 0.1, "beta_1": 0.8}, Optimizer, Adam(0.1, 0.8), ()),
        (
            {"type": "adamw", "betas": [0.8, 0.9], "wd": 0.2},
            Optimizer,
            AdamW(0.001, 0.8, 0.9, weight_decay=0.2),
            ("betas: beta1", "betas: beta2", "wd: weight_decay"),
        ),
        ({"type": "rmsprop", "alpha": 0.99}, Optimizer, RMSProp(decay=0.99), ("alpha: decay",)),
        (
            {
                "type": "sgd",
                "lr": {"type": "ExponentialDecay", "initial_learning_rate": 1, "decay_steps": 9, "decay_rate": 0.5},
            },
            Optimizer,
            GradientDescent(ExponentialDecay(1.0, 0.5, 9)),
            (
                "sgd: GradientDescent",
                "initial_learning_rate: initial",
                "decay_steps: every",
                "decay_rate: factor",
                "lr: learning_rate",
            ),
        ),
        (
            {"type": "dense", "out_features": 3, "bias": False},
            Layer,
            Dense(3, use_bias=False),
            ("out_features: units", "bias: use_bias"),
        ),
        (
            {"type": "conv2d", "out_channels": 8, "kernel_size": 3, "strides": 2},
            Layer,
            Conv2D(8, 3, stride=2),
            ("out_channels: filters", "kernel_size: kernel", "strides: stride"),
        ),
        ({"type": "maxpool2d", "kernel_size": 2}, Layer, MaxPool2D(2), ("kernel_size: size",)),
        ({"type": "lstm", "hidden_size": 5}, Cell, LSTM(5), ("hidden_size: units",)),
        (
            {"type": "TransformerBlock", "nhead": 2, "dim_feedforward": 8, "p": 0.1},
            Layer,
            TransformerBlock(2, 8, dropout=0.1),
            ("nhead: heads", "dim_feedforward: hidden", "p: dropout"),
        ),
        ({"type": "dropout", "p": 0.3}, Layer, Dropout(0.3), ("p: rate",)),
        (
            {"type": "embedding", "num_embeddings": 9, "embedding_dim": 2},
            Layer,
            Embedding(9, 2),
            ("num_embeddings: vocabulary", "embedding_dim: units"),
        ),
    ],
    ids=lambda value: value["type"] if isinstance(value, dict) else "",
)
def test_fields_have_other_libraries_names_too(described, base, value, notes):
    assert spec.decode(described, base) == value
    assert spec.foreign_names(described, value) == notes


def test_fields_given_twice_or_as_something_else_are_refused():
    with pytest.raises(ConfigError, match="Adam: learning_rate is given twice, once as lr: keep one"):
        spec.decode({"type": "adam", "learning_rate": 0.1, "lr": 0.1}, Optimizer)
    with pytest.raises(ConfigError, match="Adam: betas is a list of beta1 and beta2, not"):
        spec.decode({"type": "adam", "betas": 0.9}, Optimizer)
    with pytest.raises(UnknownNameError, match="unknown field of Dense 'lr'"):
        spec.decode({"type": "dense", "units": 3, "lr": 0.1}, Layer)


def test_every_alias_of_a_field_means_one_that_some_class_has():
    known = [{f.name for f in dataclasses.fields(cls) if f.init} for cls in subclasses(Value)]
    for name, meanings in FIELDS.items():
        assert name == plain(name)
        for meant in meanings:
            assert any(set(meant) <= own for own in known), (name, meant)
            assert find_fields(name, meant) == meant


def test_every_alias_of_a_setting_means_one_that_is_there():
    known = [*settings_model().model_fields, "out"]  # where the run goes is an option beside the settings
    for name, meant in SETTINGS.items():
        assert name == plain(name)
        assert find_settings(name, known) == (meant,)


def test_what_was_renamed_is_told_once():
    described = {
        "type": "sequential",
        "layers": [
            {"type": "linear", "units": 3, "weight": "he_uniform"},
            "swish",
            {"type": "Linear", "units": 3},
            {"type": "residual", "layers": ["SiLU", "swish"]},
        ],
    }
    notes = (
        "sequential: Chain",
        "linear: Dense",
        "he_uniform: He(distribution='uniform')",
        "swish: SiLU",
        "Linear: Dense",
    )
    model = spec.decode(described, Layer)
    assert spec.foreign_names(described, model) == notes
    assert spec.foreign_names(spec.encode(model), model) == ()
    assert spec.foreign_names("leaky_relu", LeakyReLU) == ()
    assert spec.foreign_names({"type": "sgd", "learning_rate": 0.1}, GradientDescent(0.1)) == ("sgd: GradientDescent",)
