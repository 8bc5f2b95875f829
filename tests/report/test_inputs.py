"""Inputs of one example to look at."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np

from pellucid.data.base.layout import GridLayout, RowLayout, SequenceLayout, TokenLayout
from pellucid.report import inputs
from pellucid.report.inputs import show_input


def preparation(**fields):
    return SimpleNamespace(**{"features": (), "kind": "table", **fields})


def test_a_row_has_the_names_of_its_columns():
    shown = show_input(np.array([[1.0, 2.0]]), preparation(features=("a", "b")), RowLayout(2))
    assert shown == {"kind": "row", "columns": ["a", "b"], "values": [1.0, 2.0]}


def test_pixels_are_as_they_were_before_scaling():
    pixels = np.array([[0, 51], [102, 255]])
    x = ((pixels / 255 - 0.3) / 0.5).reshape(1, 4).astype(np.float32)
    shown = show_input(x, preparation(kind="images", mean=0.3, scale=0.5), GridLayout((2, 2)))
    assert shown == {"kind": "image", "height": 2, "width": 2, "channels": 1, "values": pixels.ravel().tolist()}
    shown = show_input(np.array([[-1.0, 1, 0, np.nan]]), preparation(), GridLayout((2, 2)))
    assert len(shown["values"]) == 4


def test_a_large_image_has_places_left_out(monkeypatch):
    monkeypatch.setattr(inputs, "MOST_NUMBERS", 30)
    shown = show_input(np.zeros((1, 300), np.float32), preparation(), GridLayout((10, 10, 3)))
    assert (shown["height"], shown["width"], len(shown["values"])) == (3, 3, 27)


def test_a_text_a_series_and_a_recording():
    words = preparation(kind="text", level="word", terms=("hello", "world"))
    assert show_input(np.array([[2.0, 3, 1, 0, 0]]), words, TokenLayout(5, 4)) == {
        "kind": "text",
        "text": "hello world \ufffd",
    }
    letters = preparation(kind="text", level="character", terms=("a", "b"))
    assert show_input(np.array([[2.0, 3, 9]]), letters, TokenLayout(3, 4))["text"] == "ab\ufffd"
    x = np.arange(6.0).reshape(1, 3, 2)
    shown = show_input(x, preparation(kind="series", features=("t", "u")), SequenceLayout(3, 2))
    assert (shown["kind"], shown["columns"], shown["values"]) == ("series", ["t", "u"], [[0, 1], [2, 3], [4, 5]])
    shown = show_input(x, preparation(kind="sound"), SequenceLayout(3, 2))
    assert (shown["kind"], shown["of"], shown["height"], shown["width"]) == ("image", "sound", 2, 3)
    assert shown["values"][:3] == [51, 153, 255]  # the higher tone is above


def test_several_inputs():
    shown = show_input({"numbers": np.ones((1, 2)), "categories": np.zeros((1, 1))}, preparation(), RowLayout(3))
    assert shown == {"kind": "numbers", "values": {"numbers": [1.0, 1.0], "categories": [0.0]}}
