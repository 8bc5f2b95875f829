"""Layouts say what the numbers of an example are."""

from __future__ import annotations

import pytest

from pellucid.data.base.layout import EmbeddedLayout, GridLayout, RowLayout, SequenceLayout, TokenLayout


@pytest.mark.parametrize(("shape", "channels", "text"), [((4, 6), 1, "4x6"), ((4, 6, 3), 3, "4x6x3")])
def test_a_grid_has_height_width_and_channels(shape, channels, text):
    grid = GridLayout(shape)
    assert (grid.height, grid.width, grid.channels, str(grid)) == (4, 6, channels, text)


def test_words_and_categories_are_no_amounts():
    assert all(layout.are_amounts for layout in (RowLayout(4), GridLayout((2, 2)), SequenceLayout(5, 2)))
    assert not any(layout.are_amounts for layout in (TokenLayout(5, 9), EmbeddedLayout(2, 3, 9)))
