from __future__ import annotations

import numpy as np
import pytest

from pellucid.data import split_into_streams
from pellucid.errors import ConfigError, DataError


def test_streams_go_on_from_batch_to_batch():
    x, y = split_into_streams(np.arange(23), 2, 3)
    assert x.tolist() == [[0, 1, 2], [11, 12, 13], [3, 4, 5], [14, 15, 16], [6, 7, 8], [17, 18, 19]]
    assert (y == x + 1).all()
    x, y = split_into_streams(np.arange(24.0).reshape(12, 2), 3, 2)
    assert x.shape == y.shape == (3, 2, 2)
    assert y[1].tolist() == [[10.0, 11.0], [12.0, 13.0]]


def test_a_series_too_short():
    with pytest.raises(DataError, match="too short for 4 streams of 3 steps and the one after: at least 16"):
        split_into_streams(np.arange(15), 4, 3)
    assert len(split_into_streams(np.arange(16), 4, 3)[0]) == 4
    with pytest.raises(ConfigError, match="steps must be a whole number of at least 1, not 0"):
        split_into_streams(np.arange(15), 4, 0)
