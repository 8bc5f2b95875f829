"""The ensemble that tables get: into how many intervals numbers are cut, and what it refuses."""

from dataclasses import replace

import numpy as np
import pytest

from pellucid import ConfigError, DenseEnsemble, Dropout, PiecewiseLinear, load_dataset
from pellucid.data import Split
from pellucid.jobs.presets import make_preset
from pellucid.jobs.settings import settings_model

IRIS, DIABETES = load_dataset("iris"), load_dataset("diabetes")


def layers(dataset, **values):
    model, _ = make_preset("ensemble", settings_model()(**values), dataset)
    return model.layers


def with_inputs(dataset, rows, columns):
    x = np.random.default_rng(0).normal(size=(rows, columns)).astype(np.float32)
    return replace(dataset, train=Split(x, np.zeros((rows, 1), np.float32)))


def test_classes_have_dropout_and_amounts_have_none():
    assert Dropout(0.2) in layers(IRIS)
    assert not any(isinstance(layer, Dropout) for layer in layers(DIABETES))
    assert layers(DIABETES, dropout=0.1).count(Dropout(0.1)) == 2


def test_intervals_of_amounts_are_closed_and_those_of_classes_open():
    assert layers(DIABETES)[0].closed
    assert not layers(IRIS)[0].closed


@pytest.mark.parametrize(("rows", "intervals"), [(100, 4), (7_500, 7), (30_000, 16)])
def test_more_rows_of_amounts_are_cut_into_more_intervals(rows, intervals):
    first = layers(with_inputs(DIABETES, rows, 2))[0]
    assert [len(row) - 1 for row in first.edges] == [intervals] * 2


@pytest.mark.parametrize(("columns", "intervals"), [(24, 16), (60, 6)])
def test_many_columns_are_cut_into_fewer_intervals(columns, intervals):
    first = layers(with_inputs(IRIS, 100, columns))[0]
    assert {len(row) - 1 for row in first.edges} == {intervals}


def test_very_many_columns_are_not_cut():
    assert not isinstance(layers(with_inputs(IRIS, 50, 193))[0], PiecewiseLinear)


def test_sizes_are_heard():
    assert [layer.units for layer in layers(IRIS, hidden=[5]) if isinstance(layer, DenseEnsemble)] == [5, 3]


@pytest.mark.parametrize(
    ("dataset", "values", "mention"),
    [(IRIS, {"activation": "maxout"}, "Maxout"), (IRIS.as_reconstruction(), {}, "autoencoder")],
)
def test_what_it_cannot_be_is_refused(dataset, values, mention):
    with pytest.raises(ConfigError, match=mention):
        layers(dataset, **values)
