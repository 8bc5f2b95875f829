"""Data on disk: any stretch of rows as it was written, and one clear line for what cannot be read."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from pellucid import (
    DataError,
    MappedArrays,
    OnDisk,
    ParquetRows,
)

RNG = np.random.default_rng(0)
X = RNG.normal(size=(100, 3)).astype(np.float32)
Y = RNG.integers(0, 2, 100)


@pytest.mark.parametrize("stretch", [(0, 100), (0, 1), (25, 67), (99, 100)])
def test_any_stretch_comes_back_as_written(arrays, parquet, stretch):
    start, stop = stretch
    data = MappedArrays(*arrays())
    x, y = data.read_checked(start, stop)
    assert data.examples == 100
    assert (x == X[start:stop]).all()
    assert (y == Y[start:stop]).all()
    assert type(x) is np.ndarray
    assert y.dtype == np.int32
    rows = ParquetRows([parquet(), parquet("b.parquet", label=1 - pl.col("label"))], "label", columns=["q", "r"])
    assert rows.examples == 200
    x, y = rows.read_checked(100 + start, 100 + stop)
    assert (x[:, 0] == X[start:stop, 1]).all()
    assert (x[:, 1] == np.arange(start, stop)).all()
    assert x.dtype == np.float32
    assert (y == 1 - Y[start:stop]).all()
    x, _ = rows.read_checked(90, 110)  # from one file into the next
    assert (x[:, 1] == [*range(90, 100), *range(10)]).all()


def test_the_first_row_that_cannot_be_used_is_named(arrays, parquet):
    x = X.copy()
    x[[57, 80], 1] = np.nan
    with pytest.raises(DataError, match=r"^x.npy, row 57: x\[1\] is nan"):
        MappedArrays(*arrays(x)).read_checked(20, 90)
    with pytest.raises(DataError, match=r"^x.npy, row 30: y is -1"):
        MappedArrays(*arrays(y=np.where(np.arange(100) == 30, -1, Y))).read_checked(20, 90)
    missing = parquet("m.parquet", r=pl.when(pl.col("r") != 64).then(pl.col("r")))
    with pytest.raises(DataError, match=r"^m.parquet, row 64: x\[2\] is nan"):
        ParquetRows(missing, "label").read_checked(0, 100)


def test_a_kind_of_ones_own_needs_two_things():
    class Squares(OnDisk):
        @property
        def examples(self):
            return 10

        def read(self, start, stop):
            x = np.arange(start, stop, dtype=np.float32)[:, None]
            return x, x**2

    assert Squares().read_checked(2, 4)[1].tolist() == [[4.0], [9.0]]
