"""The picture of the five stages, and the way down the error surface under it."""

from __future__ import annotations

import matplotlib as mpl
import numpy as np
import pytest

from pellucid import DataError, plot_preprocessing
from pellucid.report.preprocessing import NEAR, descend, stages

mpl.use("Agg")


def test_five_stages_and_two_surfaces():
    import matplotlib.pyplot as plt

    figure = plot_preprocessing()
    above, below = figure.subfigs
    assert [axes.get_title() for axes in above.axes] == ["raw", "centre", "normalise", "decorrelate", "whiten"]
    assert below.axes[1].get_title() == "error surface, whiten: 1 step"
    assert int(below.axes[0].get_title().split()[-2]) > 10
    plt.close(figure)


def test_the_stages_follow_from_one_another():
    x = np.random.default_rng(0).normal(size=(100, 2)) @ np.array([[3.0, 1.0], [0.0, 0.2]]) + 5
    found = stages(x)
    np.testing.assert_allclose(found["centre"] / x.std(axis=0), found["normalise"], atol=1e-12)
    correlation = np.corrcoef(x.T)[0, 1]
    np.testing.assert_allclose(found["decorrelate"].var(axis=0), [1 + correlation, 1 - correlation])
    np.testing.assert_allclose(np.cov(found["whiten"].T, bias=True), np.eye(2), atol=1e-6)


def test_descent_takes_as_many_steps_as_the_valley_is_narrow():
    """Curvatures 1 and k by hand: each step leaves (k - 1) / (k + 1) of what w lacks, its sign changing along k."""
    for k in (1.0, 3.0, 9.0):
        x = np.sqrt(2 * np.diag([1.0, k]))
        path = descend(x, x @ np.ones(2))
        left = (k - 1) / (k + 1)
        np.testing.assert_allclose(path[:, 0], 1 - left ** np.arange(len(path)), atol=1e-12)
        np.testing.assert_allclose(path[:, 1], 1 - (-left) ** np.arange(len(path)), atol=1e-12)
        assert len(path) - 1 == (1 if k == 1 else np.ceil(np.log(NEAR) / (2 * np.log(left))))


def test_what_does_not_fill_the_plane():
    with pytest.raises(DataError, match=r"must have shape \(B, 2\), not \(4, 3\)"):
        plot_preprocessing(np.ones((4, 3)))
    with pytest.raises(DataError, match="lie on a line"):
        plot_preprocessing(np.arange(8.0)[:, None] * [1, 2])
