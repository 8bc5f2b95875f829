"""Data on disk: any stretch of rows as it was written, and one clear line for what cannot be read."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from pellucid import (
    ConfigError,
    DataError,
    ListedFiles,
    MappedArrays,
    OnDisk,
    ParquetRows,
    UnknownNameError,
    fit_scaling,
)

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


def test_several_inputs_are_a_dict_of_files(arrays):
    x, y = arrays()
    parts, _ = MappedArrays({"left": x, "right": x}, y).read_checked(3, 5)
    assert (parts["left"] == X[3:5]).all()
    assert (parts["right"] == X[3:5]).all()


def test_amounts_of_a_parquet_file_are_a_column(parquet):
    _, y = ParquetRows(parquet(), "q").read_checked(0, 7)
    assert y.shape == (7, 1)
    assert (y[:, 0] == X[:7, 1]).all()
    _, y = ParquetRows(parquet(), "r", amounts=True).read_checked(5, 7)
    assert y.dtype == np.float32
    assert y.tolist() == [[5.0], [6.0]]


def test_listed_files_are_read_one_by_one(tmp_path):
    files = [tmp_path / f"{i}.npy" for i in range(4)]
    for i, file in enumerate(files):
        np.save(file, np.full((2, 2), i, np.uint8))
    data = ListedFiles(files, [0, 1, 0, 1], np.load).transform_inputs(lambda x: x / np.float32(255))
    x, y = data.read_checked(1, 3)
    assert x.shape == (2, 2, 2)
    assert x.dtype == np.float32
    assert y.tolist() == [1, 0]
    assert x[1, 0, 0] == np.float32(2) / np.float32(255)
    np.save(files[2], np.zeros((3, 2)))
    with pytest.raises(DataError, match=r"2.npy has shape \(3, 2\), but .*0.npy has \(2, 2\)"):
        data.read(0, 4)
    files[3].write_bytes(b"no picture")
    with pytest.raises(DataError, match=r"3.npy cannot be read"):
        data.read(3, 4)
    with pytest.raises(DataError, match=r"4 files, but 3 targets"):
        ListedFiles(files, [0, 1, 0], np.load)


def test_scaling_by_parts_is_scaling_by_the_whole(arrays):
    x = np.column_stack([1e4 + X[:, 0], np.where(Y == 0, np.nan, X[:, 1]), np.full(100, 7.0)])
    data = MappedArrays(*arrays(x))
    data.block_bytes = 13 * x[0].nbytes  # 13 rows at a time, and 9 at last
    scaling = fit_scaling(data)
    assert scaling.mean == pytest.approx(np.nanmean(x, axis=0), rel=1e-12)
    assert scaling.scale[:2] == pytest.approx(np.nanstd(x, axis=0)[:2], rel=1e-9)
    assert scaling.scale[2] == 1.0
    z, _ = data.transform_inputs(scaling.apply).read_checked(0, 100)
    assert np.isfinite(z).all()
    assert (z[:, 2] == 0).all()
    assert (z[Y == 0, 1] == 0).all()


def test_scaling_names_what_it_cannot_use(arrays, parquet):
    assert fit_scaling(ParquetRows(parquet(), "label")).names == ("p", "q", "r")
    with pytest.raises(DataError, match=r"x.npy, row 41: x\[2\] is infinite"):
        fit_scaling(MappedArrays(*arrays(np.where(np.arange(300).reshape(100, 3) == 125, np.inf, X))))
    with pytest.raises(DataError, match=r"\(B, D\), not \(1, 3, 1\)"):
        fit_scaling(MappedArrays(*arrays(X[..., None])))


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


def test_npy_files_that_cannot_be_used(arrays, tmp_path):
    x, y = arrays()
    whole = x.read_bytes()
    bad = tmp_path / "bad.npy"
    for content in (whole[:-4], whole[:20], b"", b"PK\x03\x04 an archive"):
        bad.write_bytes(content)
        with pytest.raises(DataError, match=r"bad.npy (cannot be used as a .npy file|is cut off)"):
            MappedArrays(bad, y)
    bad.write_bytes(whole[:-4])
    with pytest.raises(DataError, match=r"bad.npy is cut off: write or copy it again"):
        MappedArrays(bad, y)
    np.save(bad, np.array([object()] * 3), allow_pickle=True)
    with pytest.raises(DataError, match=r"bad.npy cannot be used.*[Pp]ython objects.*as numbers"):
        MappedArrays(bad, y)
    np.save(bad, np.zeros((0, 3)))
    with pytest.raises(DataError, match=r"no examples"):
        MappedArrays(bad, y)
    np.save(bad, Y[:99])
    with pytest.raises(DataError, match=r"x.npy has 100 examples, but bad.npy has 99"):
        MappedArrays(x, bad)
    np.save(bad, np.array(["a", "b"] * 50))
    with pytest.raises(DataError, match=r"bad.npy, row 0: x.* is 'a', where a number is needed"):
        MappedArrays(bad, y).read_checked(0, 100)
    with pytest.raises(DataError, match=r"no such file"):
        MappedArrays(tmp_path / "none.npy", y)
    with pytest.raises(DataError, match=r"paths of .npy files, not ndarray"):
        MappedArrays(X, Y)


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


def test_a_kind_of_ones_own_needs_two_things():
    class Squares(OnDisk):
        @property
        def examples(self):
            return 10

        def read(self, start, stop):
            x = np.arange(start, stop, dtype=np.float32)[:, None]
            return x, x**2

    assert Squares().read_checked(2, 4)[1].tolist() == [[4.0], [9.0]]
