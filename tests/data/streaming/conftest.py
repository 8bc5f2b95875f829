"""Files of the same 100 examples."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

RNG = np.random.default_rng(0)
X = RNG.normal(size=(100, 3)).astype(np.float32)
Y = RNG.integers(0, 2, 100)


@pytest.fixture
def arrays(tmp_path):
    def save(x=X, y=Y, **how):
        np.save(tmp_path / "x.npy", x, **how)
        np.save(tmp_path / "y.npy", y)
        return tmp_path / "x.npy", tmp_path / "y.npy"

    return save


@pytest.fixture
def parquet(tmp_path):
    def write(name="a.parquet", **columns):
        frame = pl.DataFrame({"p": X[:, 0], "q": X[:, 1].astype(np.float64), "r": np.arange(100), "label": Y})
        frame.with_columns(**columns).write_parquet(tmp_path / name, row_group_size=30)
        return tmp_path / name

    return write
