"""The layers in front of a network bring each layout of inputs into the form that it takes."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from pellucid import ConfigError, load_dataset, ops
from pellucid.combinators import Chain
from pellucid.data.base.layout import (
    EmbeddedLayout,
    GridLayout,
    Layout,
    RowLayout,
    SequenceLayout,
    TokenLayout,
)
from pellucid.jobs.presets.inputs import as_grid, as_row, as_sequence
from pellucid.jobs.presets.parts import WIDTH
from pellucid.shape_inference import first_weights

IRIS = load_dataset("iris")


def with_layout(layout):
    return replace(IRIS, layout=layout)


def shape_behind(layers, x):
    model = Chain(*layers)
    params, state = first_weights(model, ops.key(0), x)
    return model.forward(params, state, x)[0].shape


@pytest.mark.parametrize(
    ("layout", "x", "width", "words"),
    [
        (RowLayout(4), np.ones((2, 4)), 4, "4 columns"),
        (GridLayout((3, 5)), np.ones((2, 15)), 15, "15 columns"),
        (SequenceLayout(3, 2), np.ones((2, 3, 2)), 6, "6 columns"),
        (TokenLayout(3, 9), np.array([[1, 2, 0], [4, 8, 3]]), WIDTH, "texts: the mean of what each term means"),
        (
            EmbeddedLayout(2, 3, 9),
            {"numbers": np.ones((2, 2)), "categories": np.array([[0, 1, 8], [2, 3, 4]])},
            2 + 3 * 16,
            "2 numbers and 3 categories, each 16 numbers",
        ),
    ],
)
def test_an_example_of_any_layout_becomes_one_row(layout, x, width, words):
    layers, what = as_row(with_layout(layout))
    assert shape_behind(layers, x) == (2, width)
    assert what.startswith(words)


@pytest.mark.parametrize(
    ("layout", "axes", "words"),
    [
        (GridLayout((3, 5)), (3, 5, 1), "images of 3x5"),
        (GridLayout((3, 5, 3)), (3, 5, 3), "images of 3x5x3"),
        (SequenceLayout(7, 2), (7, 2), "sequences of 7 steps of 2 numbers"),
        (RowLayout(4), (4, 1), "4 columns as a series in their order (of use only where neighbours belong together"),
    ],
)
def test_neighbours_are_along_the_axes_of_images_steps_and_columns(layout, axes, words):
    found, what = as_grid(with_layout(layout))
    assert found == axes
    assert what.startswith(words)


def test_one_column_has_no_neighbours():
    with pytest.raises(ConfigError, match="iris has one column, which has no neighbours: choose mlp"):
        as_grid(with_layout(RowLayout(1)))


def test_a_layout_that_no_network_knows_is_named():
    with pytest.raises(ConfigError, match=r"iris has inputs of the layout Layout\(\), which no network by name takes"):
        as_row(with_layout(Layout()))


@pytest.mark.parametrize(
    ("layout", "x", "shape", "words"),
    [
        (GridLayout((3, 5, 3)), np.ones((2, 45)), (2, 3, 15), "images of 3x5x3, row by row"),
        (SequenceLayout(3, 2), np.ones((2, 3, 2)), (2, 3, 2), "sequences of 3 steps of 2 numbers"),
        (RowLayout(4), np.ones((2, 4)), (2, 4, 1), "4 columns as a series"),
    ],
)
def test_an_example_of_any_layout_becomes_a_sequence(layout, x, shape, words):
    layers, steps, what = as_sequence(with_layout(layout))
    assert shape_behind(layers, x) == shape
    assert steps == shape[1]
    assert what.startswith(words)


def test_a_text_is_a_sequence_term_by_term():
    (embedding,), steps, what = as_sequence(with_layout(TokenLayout(3, 9)))
    assert (embedding.vocabulary, embedding.units, embedding.padding) == (9, WIDTH, 0)
    assert (steps, what) == (3, "texts, term by term")
