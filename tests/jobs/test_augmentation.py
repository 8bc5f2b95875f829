"""Noise, smoothing, mixup and augmentation from the command line: what network and loss come of them."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from pellucid import (
    Chain,
    ConfigError,
    Dropout,
    GaussianNoise,
    RandomCrop,
    RandomFlip,
    RandomRotation,
    Reshape,
    SoftmaxCrossEntropy,
    SwapNoise,
    TransformerBlock,
    UnknownNameError,
    WeightNoise,
    load_dataset,
    load_run,
)
from pellucid.cli.app import run
from pellucid.jobs.training_job import prepare_job


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def network(data, **options):
    return prepare_job({"data": data, **options}).model


def test_a_run_with_all_of_it_can_be_read_and_used(capsys):
    options = "--augment flip,crop:7,rotate:10 --weight-noise 0.01 --input-noise 0.1 --mixup 0.2 --label-smoothing 0.1"
    assert run(["train", "digits", *options.split(), "--epochs", "1", "--out", "run", "--quiet"]) == 0
    trained = load_run("run").trained
    assert isinstance(trained.model, WeightNoise)
    assert trained.model.layers[:5] == (
        GaussianNoise(0.1),
        Reshape((8, 8, 1)),
        RandomFlip(),
        RandomCrop(7, 7),
        RandomRotation(10.0),
    )
    assert trained.loss == SoftmaxCrossEntropy(label_smoothing=0.1)
    assert json.loads(Path("run/run.json").read_text())["mixup"] == 0.2
    x = load_dataset("digits").test.x
    np.testing.assert_array_equal(trained.predict(x), trained.predict(x))
    assert trained.params["dense_1"]["W"].shape[0] == 49


@pytest.mark.parametrize("name", ["mlp", "cnn", "lstm", "transformer"])
def test_every_network_sees_the_cropped_image(name):
    model = network("digits", network=name, augment=["crop:6"])
    assert model.layers[:2] == (Reshape((8, 8, 1)), RandomCrop(6, 6))
    assert type(model) is Chain


def test_dropout_is_where_each_network_has_a_place_for_it():
    rates = {name: network("digits", network=name, dropout=0.3) for name in ("mlp", "cnn", "gru")}
    assert [model.layers.count(Dropout(0.3)) for model in rates.values()] == [2, 1, 1]
    assert network("digits", network="transformer", dropout=0.3).layers.count(TransformerBlock(4, dropout=0.3)) == 2
    assert not any(isinstance(layer, Dropout) for layer in network("digits", network="cnn", dropout=0.0).layers[-3:])


def test_names_that_were_given_stay():
    model = network("digits", network="autoencoder", input_noise=0.1, weight_noise=0.01)
    assert model.names == ("gaussian_noise_1", "encoder", "decoder")


def test_tables_have_their_cells_swapped():
    assert network("iris", augment=["swap:0.2"]).layers[0] == SwapNoise(0.2)


@pytest.mark.parametrize(
    ("data", "given", "error", "message"),
    [
        ("digits", {"augment": ["flipp"]}, UnknownNameError, "unknown augmentation 'flipp': did you mean flip"),
        ("iris", {"augment": ["flip"]}, ConfigError, "iris is a table, which 'flip' is not for: take swap"),
        ("digits", {"augment": ["swap:0.1"]}, ConfigError, "digits is images, which 'swap' is not for: take .*crop"),
        ("digits", {"augment": ["flip:2"]}, ConfigError, "flip takes no number: write flip, not 'flip:2'"),
        ("digits", {"augment": ["crop"]}, ConfigError, "write crop:24, not 'crop'"),
        ("digits", {"augment": ["crop:0"]}, ConfigError, "RandomCrop.* write crop:24, not 'crop:0'"),
        ("digits", {"augment": ["crop:9"]}, ConfigError, "crop:9 is larger than the images of digits, 8x8"),
        ("digits", {"augment": ["flip", "cutout:8"]}, ConfigError, "cutout:8 is as large as the images of digits, 8x8"),
        ("digits", {"augment": ["flip"], "network": "autoencoder"}, ConfigError, "take input_noise instead"),
    ],
)
def test_an_augmentation_that_cannot_be_is_one_line(data, given, error, message):
    with pytest.raises(error, match=message):
        network(data, **given)
