from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from pellucid import (
    ConfigError,
    DataError,
    ParquetRows,
    UnknownNameError,
)

RNG = np.random.default_rng(0)
X = RNG.normal(size=(100, 3)).astype(np.float32)
Y = RNG.integers(0, 2, 100)


def test_amounts_of_a_parquet_file_are_a_column(parquet):
    _, y = ParquetRows(parquet(), "q").read_checked(0, 7)
    assert y.shape == (7, 1)
    assert (y[:, 0] == X[:7, 1]).all()
    _, y = ParquetRows(parquet(), "r", amounts=True).read_checked(5, 7)
    assert y.dtype == np.float32
    assert y.tolist() == [[5.0], [6.0]]


def test_parquet_files_that_cannot_be_used(parquet, tmp_path):
    good = parquet()
    cut = tmp_path / "cut.parquet"
    for share in (0.0, 0.5, 0.99):
        cut.write_bytes(good.read_bytes()[: int(good.stat().st_size * share)])
        with pytest.raises(DataError, match=r"cut.parquet is not a readable Parquet file"):
            ParquetRows(cut, "label")
    with pytest.raises(DataError, match=r"no such file"):
        ParquetRows(tmp_path / "none.parquet", "label")
    with pytest.raises(UnknownNameError, match=r"column of a.parquet 'lable': did you mean label"):
        ParquetRows(good, "lable")
    with pytest.raises(UnknownNameError, match=r"'s'"):
        ParquetRows(good, "label", columns=["p", "s"])
    with pytest.raises(DataError, match=r"column 'p' holds String, not numbers"):
        ParquetRows(parquet("words.parquet", p=pl.lit("a")), "label")
    pl.read_parquet(good).drop("q").write_parquet(cut)
    with pytest.raises(DataError, match=r"cut.parquet has no column 'q', which a.parquet has"):
        ParquetRows([good, cut], "label")
    pl.read_parquet(good).with_columns(more=1.0).write_parquet(cut)
    with pytest.raises(DataError, match=r"cut.parquet has the column 'more', which a.parquet lacks"):
        ParquetRows([good, cut], "label")
    pl.read_parquet(good).clear().write_parquet(cut)
    with pytest.raises(DataError, match=r"no rows"):
        ParquetRows(cut, "label")
    with pytest.raises(ConfigError, match=r"no file"):
        ParquetRows([], "label")


def test_damaged_pages_are_one_clear_line(parquet):
    path = parquet()
    content = bytearray(path.read_bytes())
    content[4:600] = bytes(596)
    path.write_bytes(content)
    with pytest.raises(DataError, match=r"not a readable Parquet file"):
        ParquetRows(path, "label").read(0, 30)
