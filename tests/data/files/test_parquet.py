from __future__ import annotations

import polars as pl
import pytest

from pellucid.data.files.parquet import is_columnar, read_columnar
from pellucid.errors import DataError


@pytest.fixture
def written(tmp_path):
    path = tmp_path / "t.parquet"
    pl.DataFrame({"a": [1.5, None], "b": ["x", "y"]}).write_parquet(path)
    return path


def test_columns_as_written_and_rows_from_1(written):
    frame, rows, notes, _ = read_columnar(written.read_bytes(), written.name)
    assert is_columnar(written.read_bytes())
    assert frame.rows() == [(1.5, "x"), (None, "y")]
    assert (rows.tolist(), notes) == ([1, 2], ())


@pytest.mark.parametrize("kept", [20, 200])
def test_a_file_cut_off_is_one_clear_line(written, kept):
    written.write_bytes(written.read_bytes()[:kept])
    with pytest.raises(DataError, match=r"t.parquet is not a readable Parquet file: ") as caught:
        read_columnar(written.read_bytes(), written.name)
    assert "\n" not in str(caught.value)


def test_no_rows(tmp_path):
    pl.DataFrame({"a": [], "b": []}).write_parquet(tmp_path / "none.parquet")
    with pytest.raises(DataError, match=r"none.parquet holds 2 columns, but no rows"):
        read_columnar((tmp_path / "none.parquet").read_bytes(), "none.parquet")


def test_a_crash_of_the_reader_is_not_ours(written, monkeypatch):
    monkeypatch.setattr("pellucid.data.files.parquet.TRIAL", "import os; os.abort()")
    with pytest.raises(DataError, match="reading it ends in a crash"):
        read_columnar(written.read_bytes(), written.name)


@pytest.mark.parametrize(
    ("write", "message"),
    [
        ("write_parquet", "t: two columns are both called 'aa': rename one"),
        ("write_ipc", "t is not a readable Arrow file: it is corrupt, or two of its columns have one name"),
    ],
)
def test_two_columns_of_one_name(tmp_path, write, message):
    """Polars writes no such file, so a name is replaced in one that it writes."""
    getattr(pl.DataFrame({"aa": [1, 2], "ab": [3, 4]}), write)(tmp_path / "t", compression="uncompressed")
    with pytest.raises(DataError, match=message):
        read_columnar((tmp_path / "t").read_bytes().replace(b"ab", b"aa"), "t")
