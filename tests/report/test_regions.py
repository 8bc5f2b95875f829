"""Decision regions: every kind of answer, where they end, what is drawn over them."""

from __future__ import annotations

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pytest

from pellucid import DataError, plot_regions

mpl.use("Agg")


@pytest.mark.parametrize(
    "answer",
    [
        lambda p: (p[:, 0] > p[:, 1]).astype(int),
        lambda p: 1 / (1 + np.exp(-p[:, 0])),
        lambda p: 1 / (1 + np.exp(-p[:, :1])),
        lambda p: np.exp(-((p[:, :1] - [0, 1, 2]) ** 2)) / np.exp(-((p[:, :1] - [0, 1, 2]) ** 2)).sum(1, keepdims=True),
    ],
)
def test_regions_are_drawn_for_every_kind_of_answer(answer):
    x = np.array([[0.0, 0.0], [1.0, 2.0], [2.0, 1.0]])
    axes = plot_regions(answer, (x, np.array([0, 1, 2])), resolution=20)
    assert axes.get_xlim() == pytest.approx((-0.2, 2.2))
    assert len(axes.collections) >= 3
    picture = axes.images[0].get_array()
    assert len(np.unique(picture.reshape(-1, 3), axis=0)) > 1
    mpl.pyplot.close(axes.figure)


def test_regions_are_of_the_plane():
    with pytest.raises(DataError, match=r"\(B, 2\), not \(4, 3\)"):
        plot_regions(lambda p: p[:, 0], (np.ones((4, 3)), np.zeros(4)))


@pytest.mark.parametrize(("bounds", "wanted"), [(None, (-0.5, 1.5)), ((-3.0, 4.0, 0.0, 1.0), (-3.0, 4.0))])
def test_without_data_bounds_are_those_asked_for_or_around_the_unit_square(bounds, wanted):
    axes = plot_regions(lambda p: p[:, 0], bounds=bounds, resolution=4)
    assert axes.get_xlim() == wanted
    plt.close(axes.figure)


def test_the_line_of_a_half_is_where_the_answer_is_a_half():
    _, axes = plt.subplots()
    assert plot_regions(lambda p: np.clip(p[:, 0], 0, 1), bounds=(0, 1, 0, 1), resolution=21, ax=axes) is axes
    (line,) = (path for drawn in axes.collections for path in drawn.get_paths())
    np.testing.assert_allclose(line.vertices[:, 0], 0.5)
    plt.close(axes.figure)


def test_an_answer_that_never_changes_has_no_line():
    axes = plot_regions(lambda p: np.zeros(len(p), int), resolution=4)
    assert not axes.collections
    plt.close(axes.figure)
