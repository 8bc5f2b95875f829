from __future__ import annotations

import numpy as np
import pytest

from pellucid import (
    ConfigError,
    DataError,
    windows,
)


def test_windows_by_hand():
    values = np.arange(12.0).reshape(6, 2)
    x, y = windows(values, 3, 2, 1)
    assert x.shape == (2, 3, 2)
    assert x[1].tolist() == [[2.0, 3.0], [4.0, 5.0], [6.0, 7.0]]
    assert y.tolist() == [[[6.0], [8.0]], [[8.0], [10.0]]]


@pytest.mark.parametrize("targets", [None, 1, 2])
def test_windows_are_views_of_every_place(targets):
    values = np.random.default_rng(0).normal(size=(30, 3))
    x, y = windows(values, 5, 4, targets)
    assert (x.shape, y.shape) == ((22, 5, 3), (22, 4, targets or 3))
    assert np.shares_memory(x, values)
    assert np.shares_memory(y, values)
    for i in (0, 7, 21):
        np.testing.assert_array_equal(x[i], values[i : i + 5])
        np.testing.assert_array_equal(y[i], values[i + 5 : i + 9, :targets])


def test_the_shortest_values():
    x, y = windows(np.arange(4.0)[:, None], 3, 1)
    assert (x.shape, y.tolist()) == ((1, 3, 1), [[[3.0]]])
    with pytest.raises(DataError, match=r"windows: 3 steps and the 2 behind them need values of shape \(5 or more"):
        windows(np.arange(4.0)[:, None], 3, 2)
    with pytest.raises(DataError, match=r"not \(4,\)"):
        windows(np.arange(4.0), 1, 1)


@pytest.mark.parametrize(("window", "horizon", "name"), [(0, 1, "window"), (1, 0, "horizon"), (1.5, 1, "window")])
def test_sizes_that_cannot_be(window, horizon, name):
    with pytest.raises(ConfigError, match=f"windows: {name} must be a whole number of at least 1"):
        windows(np.zeros((9, 1)), window, horizon)
