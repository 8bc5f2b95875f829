"""Convolutional networks of grids of any size and of texts."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from pellucid import ConfigError, load_dataset, ops
from pellucid.data.base.layout import GridLayout, TokenLayout
from pellucid.jobs.gather import validate
from pellucid.jobs.presets import make_preset
from pellucid.layers import Embedding, MaxPool2D
from pellucid.shape_inference import first_weights

IRIS = load_dataset("iris")


def cnn(layout, **values):
    return make_preset("cnn", validate({"data": "iris", **values}, "options"), replace(IRIS, layout=layout))


@pytest.mark.parametrize(("size", "poolings"), [(2, 0), (3, 0), (4, 1), (7, 1), (8, 2)])
def test_a_grid_is_pooled_where_it_has_places_to_spare(size, poolings):
    model, said = cnn(GridLayout((size, size + 3)))
    x = np.ones((2, size * (size + 3)), np.float32)
    params, state = first_weights(model, ops.key(0), x)
    assert model.forward(params, state, x)[0].shape == (2, 3)
    assert sum(isinstance(layer, MaxPool2D) for layer in model.layers) == poolings
    assert said.endswith("32, then 64 filters of size 3, ReLU; dense 128")


def test_a_text_moved_by_a_step_counts_the_same():
    """The largest answer of each filter decides: where terms stand is all the same, in which order they come is not."""
    model, said = cnn(TokenLayout(steps=20, vocabulary=9), hidden=[6], activation="tanh")
    assert model.layers[0] == Embedding(9, model.layers[0].units)
    text = [0] * 8 + [3, 1, 4, 5] + [0] * 8
    x = np.array([text, [*text[1:], 0], text[::-1]])
    params, state = first_weights(model, ops.key(0), x)
    y, _, _ = model.forward(params, state, x)
    np.testing.assert_allclose(y[0], y[1], rtol=1e-5)
    assert np.abs(y[0] - y[2]).max() > 1e-4
    assert said == "network: cnn for texts: 128 filters over 5 terms, the largest of each decides; dense 6"


def test_maxout_is_refused():
    with pytest.raises(ConfigError, match="Maxout makes dense layers, and cnn has others too"):
        cnn(GridLayout((8, 8)), activation="maxout")
