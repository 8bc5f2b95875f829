"""A network by its name: what it is made of, what is said of it, and what it has no use for."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pellucid import ConfigError, UnknownNameError, load_dataset
from pellucid.combinators import Chain
from pellucid.data.base.layout import EmbeddedLayout
from pellucid.jobs.gather import validate
from pellucid.jobs.presets import PRESETS, make_preset
from pellucid.layers import Dense, Dropout, ReLU, Tanh

IRIS = load_dataset("iris")
EMBEDDED = replace(IRIS, layout=EmbeddedLayout(2, 3, 9))


def made(name, dataset=IRIS, **values):
    return make_preset(name, validate({"data": "iris", **values}, "options"), dataset)


def test_a_linear_network_is_one_dense_layer():
    assert made("linear") == (Chain(Dense(3)), "network: linear for 4 columns")
    assert made("linear", dropout=0.2)[0] == Chain(Dropout(0.2), Dense(3))


def test_hidden_layers_and_activation_are_those_asked_for():
    model, said = made("mlp", hidden=[5, 6], activation="tanh", dropout=0.1)
    kinds = [type(layer) for layer in model.layers]
    assert kinds == [Dense, Tanh, Dropout, Dense, Tanh, Dropout, Dense]
    assert [layer.units for layer in model.layers if isinstance(layer, Dense)] == [5, 6, 3]
    assert said == "network: mlp for 4 columns: hidden layers of 5, 6 units, Tanh"
    assert [layer.units for layer in made("mlp")[0].layers if isinstance(layer, Dense)] == [128, 64, 3]
    assert ReLU in [type(layer) for layer in made("mlp")[0].layers]


@pytest.mark.parametrize(
    ("name", "values", "message"),
    [
        ("linear", {"hidden": [3]}, "hidden is for mlp, ensemble, cnn, autoencoder, not for linear: leave it out"),
        ("gru", {"activation": "tanh"}, "activation is for mlp, ensemble, cnn, autoencoder, not for gru: leave it out"),
        ("mlp", {"code": 2}, "code is for autoencoder, not for mlp: leave it out"),
    ],
)
def test_settings_for_another_network_are_refused(name, values, message):
    with pytest.raises(ConfigError, match=message):
        made(name, **values)


@pytest.mark.parametrize("name", sorted(PRESETS.keys() - {"linear", "mlp"}))
def test_numbers_beside_categories_are_for_rows_alone(name):
    with pytest.raises(ConfigError, match=f"{name} takes no numbers beside categories: choose linear or mlp"):
        made(name, EMBEDDED)


def test_an_unknown_network_is_told_what_there_is():
    with pytest.raises(UnknownNameError, match="unknown network 'mpl': did you mean mlp"):
        made("mpl")
