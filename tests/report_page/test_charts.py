"""Axes with ticks that a reader likes, lines that are broken where numbers are missing, tables behind them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pellucid.report_page.charts.bars import bar
from pellucid.report_page.charts.chart import Chart, Line, Mark
from pellucid.report_page.charts.matrix import matrix
from pellucid.report_page.charts.scale import Scale
from pellucid.report_page.charts.thinned import thin_out
from report_page.reading import read


def test_ticks():
    assert [text for _, text in Scale.over(np.array([0.03, 0.97])).labels()] == ["0.0", "0.5", "1.0"]
    assert [text for _, text in Scale.over(np.array([1, 5]), exact=True, whole=True).labels()] == list("12345")
    assert [text for _, text in Scale.over(np.array([0.004, 2.0]), log=True).labels()] == [
        "0.001",
        "0.01",
        "0.1",
        "1",
        "10",
    ]


@given(st.lists(st.floats(-1e300, 1e300), min_size=1), st.booleans())
def test_every_number_has_a_place_and_ticks_lie_within(values, log):
    values = np.abs(values) if log else np.array(values)
    scale = Scale.over(values, log=log)
    places = scale.places(values[values > 1e-280] if log else values)
    assert ((places >= -1e-9) & (places <= 1 + 1e-9)).all()
    labels = scale.labels()
    assert 2 <= len(labels) <= 12
    assert all(-1e-9 <= place <= 1 + 1e-9 for place, _ in labels)


@pytest.mark.parametrize("values", [[], [np.nan], [0.0], [7.0, 7.0], [np.inf, 1.0]])
def test_values_that_make_no_span(values):
    scale = Scale.over(np.array(values))
    assert scale.low < scale.high


def test_a_line_is_broken_where_a_number_is_missing():
    x = np.arange(1, 6)
    chart = Chart(
        "Loss", "epoch", "loss", [Line("training", x, np.array([4.0, 2.0, np.nan, 1.0, 0.0]))], [Mark(4, "best")]
    )
    page = chart.html()
    assert 'd="M0.0 0.0L250.0 500.0M750.0 750.0L1000.0 1000.0"' in page
    (part,) = read(page).values()
    assert part.row("4") == ["1"]
    assert part.row("3") == ["–"]
    label = next(told["aria-label"] for _, told in part.tags if told.get("role") == "img")
    assert label == "Loss: loss by epoch. training: from 4 to 0, least 0, greatest 4. best."


def test_thinned_lines_keep_their_peaks():
    y = np.zeros(100_000)
    y[54_321], y[77_777] = 9.0, -9.0
    x, thin = thin_out(np.arange(100_000), y)
    assert len(x) <= 1200
    assert x[thin == 9.0] == 54_321
    assert x[thin == -9.0] == 77_777
    assert (np.diff(x) > 0).all()


def test_cells_of_a_matrix_have_number_shade_and_bar():
    page = matrix(["a", "<b>"], ["a", "<b>"], [[3, 1], [0, 0]], "true")
    (part,) = read(page).values()
    assert part.tables == [[["true", "a", "<b>"], ["a", "3", "1"], ["<b>", "0", "0"]]]
    cells = [told for tag, told in part.tags if tag == "td"]
    assert [cell["style"] for cell in cells] == ["--share:75.0%", "--share:25.0%", "--share:0.0%", "--share:0.0%"]
    assert [cell.get("class") for cell in cells] == ["hit", None, None, "hit"]


def test_bars_stay_in_their_cell():
    assert "width:100.0%" in bar(1.7)
    assert "width:0.0%" in bar(float("nan"), float("nan"))
    assert "left:0.0%;width:60.0%" in bar(0.1, 0.5)
