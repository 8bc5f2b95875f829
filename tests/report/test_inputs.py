"""Inputs of one example to look at."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np

from pellucid.data.base.layout import GridLayout, RowLayout, SequenceLayout, TokenLayout
from pellucid.data.base.targets import SeriesTarget
from pellucid.data.preparation.scaling import Scaling
from pellucid.report import inputs
from pellucid.report.inputs import show_forecast, show_input


def dataset(layout, **fields):
    usual = {"features": (), "kind": "table", "columns_in_x": {}, "scaled_columns": None}
    preparation = SimpleNamespace(**{**usual, **fields})
    return SimpleNamespace(preprocessing=preparation, layout=layout, features=preparation.features)


def test_a_row_has_the_names_of_its_columns():
    shown = show_input(dataset(RowLayout(2), columns_in_x={"a": [("", 0)], "b": [("", 1)]}), np.array([[1.0, 2.0]]))
    assert shown == {"kind": "row", "columns": ["a", "b"], "values": [1.0, 2.0]}


def test_pixels_are_as_they_were_before_scaling():
    pixels = np.array([[0, 51], [102, 255]])
    x = ((pixels / 255 - 0.3) / 0.5).reshape(1, 4).astype(np.float32)
    shown = show_input(dataset(GridLayout((2, 2)), kind="images", mean=0.3, scale=0.5), x)
    assert shown == {"kind": "image", "height": 2, "width": 2, "channels": 1, "values": pixels.ravel().tolist()}
    shown = show_input(dataset(GridLayout((2, 2))), np.array([[-1.0, 1, 0, np.nan]]))
    assert len(shown["values"]) == 4


def test_a_large_image_has_places_left_out(monkeypatch):
    monkeypatch.setattr(inputs, "MOST_NUMBERS", 30)
    shown = show_input(dataset(GridLayout((10, 10, 3))), np.zeros((1, 300), np.float32))
    assert (shown["height"], shown["width"], len(shown["values"])) == (3, 3, 27)


def test_a_text_a_series_and_a_recording():
    words = dataset(TokenLayout(5, 4), kind="text", level="word", terms=("hello", "world"))
    assert show_input(words, np.array([[2.0, 3, 1, 0, 0]])) == {
        "kind": "text",
        "text": "hello world \ufffd",
    }
    letters = dataset(TokenLayout(3, 4), kind="text", level="character", terms=("a", "b"))
    assert show_input(letters, np.array([[2.0, 3, 9]]))["text"] == "ab\ufffd"
    x = np.arange(6.0).reshape(1, 3, 2)
    shown = show_input(dataset(SequenceLayout(3, 2), kind="series", scaled_columns=Scaling.uniform(("t", "u"))), x)
    assert (shown["kind"], shown["columns"], shown["values"]) == ("series", ["t", "u"], [[0, 1], [2, 3], [4, 5]])
    shown = show_input(dataset(SequenceLayout(3, 2), kind="sound"), x)
    assert (shown["kind"], shown["of"], shown["height"], shown["width"]) == ("image", "sound", 2, 3)
    assert shown["values"][:3] == [51, 153, 255]  # the higher tone is above


def test_several_inputs():
    shown = show_input(dataset(RowLayout(3)), {"numbers": np.ones((1, 2)), "categories": np.zeros((1, 1))})
    assert shown == {"kind": "numbers", "values": {"numbers": [1.0, 1.0], "categories": [0.0]}}


def test_words_that_are_there_come_first_and_those_that_are_not_are_left_out():
    bag = dataset(RowLayout(3), features=("and", "cat", "dog"))
    assert show_input(bag, np.array([[1.0, 0.0, 3.0]])) == {
        "kind": "row",
        "columns": ["dog", "and"],
        "values": [3.0, 1.0],
    }


def test_a_forecast_is_in_the_unit_of_its_variable():
    scaling = Scaling(("t", "u"), (0.0, 0.0), (20.0, 0.0), (10.0, 1.0))
    series = dataset(SequenceLayout(3, 2), target=SeriesTarget(2, scaling), window=2)
    x, target, said = np.array([[[0.0, 5], [1, 5], [9, 9]]]), np.array([[1.5, 0], [2, 0]]), np.array([[1.0, 0], [1, 0]])
    assert show_forecast(series, x, target, said) == {
        "column": "t",
        "past": [20.0, 30.0],
        "target": [35.0, 40.0],
        "prediction": [30.0, 30.0],
    }
    assert show_forecast(dataset(RowLayout(3), target=None), x, target, said) is None
