"""Markup, numbers and pictures of a report."""

from __future__ import annotations

import io
import math

import numpy as np
import pytest
from PIL import Image

from pellucid.report_page.charts.png import encode_png
from pellucid.report_page.html import element, join, table
from pellucid.report_page.numbers import duration, figure, interval, listed, measure, plain, words


def test_every_text_is_escaped_once():
    inner = element("b", "<i> & \"q\" 'a'")
    assert inner == "<b>&lt;i&gt; &amp; &quot;q&quot; &#x27;a&#x27;</b>"
    assert element("p", inner, [" and ", 1, None]) == f"<p>{inner} and 1</p>"
    assert element("a", href='"><script>') == '<a href="&quot;&gt;&lt;script&gt;"></a>'
    assert "<script>" not in table(["<script>"], [["<script>", "<script>"]])


def test_attributes():
    assert element("i", class_="x", aria_label="y", hidden=True, title=None, open=False) == (
        '<i class="x" aria-label="y" hidden></i>'
    )
    assert element("img", src="a") == '<img src="a">'
    assert element("path", d="M0 0") == '<path d="M0 0"/>'


def test_names_that_are_no_unicode_can_be_written():
    join("bad\udcff").encode("utf-8")


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (0.92461, "0.9246"), (0.0924612, "0.0925"), (-0.002558, "−0.0026"), (12.3456, "12.35"),
        (1234567.0, "1,234,567"), (1e-5, "1.00e−5"),
        (0, "0"), (-3.0, "−3"), (math.nan, "–"), (None, "–"), (math.inf, "–"),
    ],
)  # fmt: skip
def test_figures(value, shown):
    assert figure(value) == shown


def test_measures_in_words():
    assert measure("accuracy", 0.9667) == "96.7\u00a0%"
    assert measure("rmse(price)", 2.5) == "2.500"
    assert interval("accuracy", 0.833, 0.994) == "83.3 to 99.4\u00a0%"
    assert words("rmse(price)") == "root mean squared error of price"
    assert plain(4.3) == "4.3"
    assert (plain(2020.0), plain(2019.6), plain(20_200.0)) == ("2020", "2020", "20,200")
    assert duration(3.14159) == "3.1\u00a0s"
    assert duration(3600) == "60.0 minutes"
    assert listed(["a", "b", "c"]) == "a, b and c"
    assert listed("abcdefgh") == "a, b, c, d, e, f and 2 more"


@pytest.mark.parametrize("shape", [(5, 7), (4, 3, 3), (1, 1)])
def test_pictures_are_read_by_others_as_they_were(shape):
    pixels = np.random.default_rng(0).integers(0, 256, shape).astype(np.uint8)
    np.testing.assert_array_equal(np.asarray(Image.open(io.BytesIO(encode_png(pixels)))), pixels)
