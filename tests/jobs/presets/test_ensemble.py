"""The ensemble that tables get: into how many intervals numbers are cut, and what it refuses."""

from dataclasses import replace

import numpy as np
import pytest

from pellucid import Concat, ConfigError, DenseEnsemble, Dropout, PiecewiseLinear, load_dataset, ops
from pellucid.data import Split
from pellucid.jobs.presets import make_preset
from pellucid.jobs.settings import settings_model

IRIS, DIABETES = load_dataset("iris"), load_dataset("diabetes")


def layers(dataset, **values):
    model, _ = make_preset("ensemble", settings_model()(**values), dataset)
    return model.layers


def pieces(model):
    return model[0].children()["pieces"].layers[0] if isinstance(model[0], Concat) else model[0]


def with_inputs(dataset, rows, columns):
    x = np.random.default_rng(0).normal(size=(rows, columns)).astype(np.float32)
    return replace(dataset, train=Split(x, np.zeros((rows, 1), np.float32)))


def test_classes_have_dropout_and_amounts_have_none():
    assert Dropout(0.2) in layers(IRIS)
    assert not any(isinstance(layer, Dropout) for layer in layers(DIABETES))
    assert layers(DIABETES, dropout=0.1).count(Dropout(0.1)) == 2


def test_intervals_of_amounts_are_closed_and_those_of_classes_open():
    assert pieces(layers(DIABETES)).closed
    assert not pieces(layers(IRIS)).closed


def test_of_classes_eight_members_see_numbers_as_they_are_and_eight_see_pieces():
    model, _ = make_preset("ensemble", settings_model()(), IRIS)
    x = IRIS.train.x[:5]
    params, state = model.init(ops.key(0), x)
    seen, side_by_side = model.layers[:2]
    first = {name: params["concat_1"][name]["dense_ensemble_1"] for name in ("plain", "pieces")}
    both, _, _ = seen.forward(params["concat_1"], state["concat_1"], x)
    members, _, _ = side_by_side.forward({}, {}, both)
    cut, _, _ = pieces(model.layers).forward({}, {}, x)
    assert model.forward(params, state, x)[0].shape == (5, 16, 3)
    for m in range(8):
        np.testing.assert_allclose(members[:, m], x @ first["plain"]["W"][m], rtol=1e-4, atol=1e-4)
        np.testing.assert_allclose(members[:, 8 + m], cut @ first["pieces"]["W"][m], rtol=1e-4, atol=1e-4)


@pytest.mark.parametrize(("rows", "intervals"), [(100, 4), (7_500, 7), (30_000, 16)])
def test_more_rows_of_amounts_are_cut_into_more_intervals(rows, intervals):
    first = layers(with_inputs(DIABETES, rows, 2))[0]
    assert [len(row) - 1 for row in first.edges] == [intervals] * 2


@pytest.mark.parametrize(("columns", "intervals"), [(24, 16), (60, 6)])
def test_many_columns_are_cut_into_fewer_intervals(columns, intervals):
    first = pieces(layers(with_inputs(IRIS, 100, columns)))
    assert {len(row) - 1 for row in first.edges} == {intervals}


def test_very_many_columns_are_not_cut():
    assert layers(with_inputs(IRIS, 50, 193))[0].members == 8


def test_sizes_are_heard():
    first, _, _, _, last = layers(IRIS, hidden=[5])
    assert {branch.layers[-2].units for branch in first.layers} == {5}
    assert (last.members, last.units) == (16, 3)


def test_without_hidden_layers_members_are_linear_in_the_pieces():
    assert [type(layer) for layer in layers(IRIS, hidden=[])] == [PiecewiseLinear, DenseEnsemble]


@pytest.mark.parametrize(
    ("dataset", "values", "mention"),
    [(IRIS, {"activation": "maxout"}, "Maxout"), (IRIS.as_reconstruction(), {}, "autoencoder")],
)
def test_what_it_cannot_be_is_refused(dataset, values, mention):
    with pytest.raises(ConfigError, match=mention):
        layers(dataset, **values)
