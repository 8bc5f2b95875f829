from __future__ import annotations

import numpy as np

from pellucid import (
    windows,
)


def test_windows_by_hand():
    values = np.arange(12.0).reshape(6, 2)
    x, y = windows(values, 3, 2, 1)
    assert x.shape == (2, 3, 2)
    assert x[1].tolist() == [[2.0, 3.0], [4.0, 5.0], [6.0, 7.0]]
    assert y.tolist() == [[[6.0], [8.0]], [[8.0], [10.0]]]
