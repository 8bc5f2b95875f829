"""Windows, a number at a time, are those that the layers cut; which windows see a number is the other way round."""

from __future__ import annotations

from itertools import product

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from pellucid.derivation.rules.window_indices import WindowIndices
from pellucid.layers.windows import Windows


@st.composite
def windows(draw):
    axes = draw(st.integers(1, 2))

    def each(low, high):
        return tuple(draw(st.lists(st.integers(low, high), min_size=axes, max_size=axes)))

    size, dilation = each(1, 3), each(1, 2)
    padding = tuple(zip(each(0, 2), each(0, 2), strict=True))
    reach = [(length - 1) * step + 1 - sum(pads) for length, step, pads in zip(size, dilation, padding, strict=True)]
    space = tuple(max(least, 1) + extra for least, extra in zip(reach, each(0, 4), strict=True))
    return Windows(space, size, each(1, 3), dilation, padding)


@given(windows())
def test_windows_over_a_number_are_those_that_have_it(cut):
    indices = WindowIndices(cut)
    having = {(window, *pair) for window in indices.all_windows() for pair in indices.positions(window)}
    positions = product(*map(range, cut.space))
    assert {(n, place, at) for at in positions for n, place in indices.windows_over(at)} == having


@given(windows())
def test_the_numbers_of_a_window_are_those_that_layers_see(cut):
    indices = WindowIndices(cut)
    x = np.random.default_rng(0).standard_normal(cut.space)
    views = np.stack([view[0, ..., 0] for view in cut.views(x[None, ..., None], around=-9.0)], axis=-1)
    for window in indices.all_windows():
        assert np.ravel(indices.values_in(x, window, -9.0)).tolist() == views[window].tolist()
    assert [indices.flat_index(place) for place in indices.all_places()] == list(range(cut.places))
