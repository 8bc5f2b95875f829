from __future__ import annotations

import numpy as np
import pytest

from pellucid.errors import ConfigError, ShapeError
from pellucid.layers import UpSample1D, UpSample2D


def test_blocks_by_hand():
    x = np.array([[1.0, 2.0], [3.0, 4.0]]).reshape(1, 2, 2, 1)
    y, cache, _ = UpSample2D((1, 3)).forward({}, {}, x)
    assert y[0, :, :, 0].tolist() == [[1.0, 1.0, 1.0, 2.0, 2.0, 2.0], [3.0, 3.0, 3.0, 4.0, 4.0, 4.0]]
    _, dx = UpSample2D((1, 3)).backward({}, cache, np.arange(12.0).reshape(1, 2, 6, 1))
    assert dx[0, :, :, 0].tolist() == [[3.0, 12.0], [21.0, 30.0]]


@pytest.mark.parametrize("size", [2, (3, 2)])
def test_up_sample_is_that_of_torch(size):
    torch = pytest.importorskip("torch")
    x = np.random.default_rng(0).normal(size=(2, 3, 4, 5))
    theirs = torch.nn.Upsample(scale_factor=size, mode="nearest")(torch.tensor(x.transpose(0, 3, 1, 2)))
    np.testing.assert_array_equal(UpSample2D(size).forward({}, {}, x)[0], theirs.numpy().transpose(0, 2, 3, 1))


def test_what_does_not_fit_is_refused():
    with pytest.raises(ConfigError, match="UpSample1D: size must be a whole number of at least 1"):
        UpSample1D(0)
    with pytest.raises(ShapeError, match=r"needs x of shape \(batch, time, channels\)"):
        UpSample1D(2).forward({}, {}, np.zeros((2, 3)))
