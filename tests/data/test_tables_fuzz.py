"""Whatever is in a file, either a table comes out, or one line that says what is wrong."""

from __future__ import annotations

import csv
import io
import json
import tempfile
from pathlib import Path

import numpy as np
import polars as pl
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pellucid.data import Preprocessing, Table, dataset_from_table, read_table
from pellucid.errors import PellucidError

CELLS = st.one_of(
    st.text(max_size=8),
    st.floats().map(str),
    st.integers().map(str),
    st.sampled_from(
        [
            "",
            " ",
            "NA",
            "?",
            "-",
            "nan",
            "-nan",
            "inf",
            "1e400",
            "1e-400",
            "1,5",
            '"',
            "a",
            "b",
            "2020-01-02",
            "True",
            "0",
        ]
    ),
)
NUMBERS = st.floats(-3e38, 3e38).map(repr)
WORDS = st.sampled_from(["red", "green", "blue", "", "?"])


def read(data: bytes, **options) -> Table | None:
    """The table in these bytes; None if they are refused."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "t.csv")
        path.write_bytes(data)
        try:
            table = read_table(path, **options)
        except PellucidError:
            return None
    assert len(table) == table.frame.height == len(table.lines) > 0
    assert len(set(table.columns)) == len(table.columns) > 0
    return table


def use(table: Table, **options) -> None:
    """A data set of the table has finite numbers only, and its preprocessing survives storage."""
    try:
        data = dataset_from_table(table, **options)
    except PellucidError:
        return
    for part in (data.train, data.validation, data.test):
        assert len(part) > 0
        assert part.x.dtype == np.float32
        assert part.x.shape == (len(part), len(data.features))
        assert np.isfinite(part.x).all()
        assert np.isfinite(part.y).all()
    stored = json.loads(json.dumps(data.preprocessing.to_dict()))
    again = Preprocessing.from_dict(stored)
    assert again == data.preprocessing
    assert np.array_equal(again.transform(table)[0], data.preprocessing.transform(table)[0])


@given(st.binary(max_size=200), st.sampled_from(["auto", True, False]))
@example(b"PAR1" + b"\xff" * 40 + b"PAR1", "auto")
@example(b"\xff\xfe\x00\xd8", "auto")
@example(b'a\n"', "auto")
def test_any_bytes(data, header):
    table = read(data, header=header)
    if table is not None:
        use(table)


@given(
    st.lists(st.lists(CELLS, max_size=4), max_size=12), st.sampled_from(",;\t|"), st.sampled_from(["utf-8", "utf-16"])
)
def test_any_cells_without_quotes(rows, separator, codec):
    text = "\n".join(separator.join(row) for row in rows)
    table = read(text.encode(codec))
    if table is not None:
        use(table)


@given(st.integers(1, 4).flatmap(lambda n: st.lists(st.lists(CELLS, min_size=n, max_size=n), min_size=1, max_size=12)))
def test_any_cells_quoted_are_read(rows):
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_ALL).writerows(rows)
    table = read(text.getvalue().encode())
    if table is not None:
        use(table)


@st.composite
def tables(draw):
    """Text of a table that one can learn from: numbers, words, a target."""
    n = draw(st.integers(8, 40))
    columns = [draw(st.lists(draw(st.sampled_from([NUMBERS, WORDS])), min_size=n, max_size=n)) for _ in range(3)]
    target = draw(
        st.one_of(
            st.lists(st.sampled_from(["yes", "no"]), min_size=n, max_size=n),
            st.lists(NUMBERS, min_size=n, max_size=n),
        )
    )
    lines = [",".join(row) for row in zip(*columns, target, strict=True)]
    return "\n".join(["a,b,c,target", *lines])


@given(tables(), st.integers(0, 3))
def test_what_comes_out_of_tables_is_finite(text, seed):
    table = read(text.encode(), target="target", header=True)
    assert table is not None
    use(table, seed=seed)


@settings(max_examples=5, deadline=None)
@given(st.binary(min_size=1, max_size=60), st.integers(4, 800))
@example(b"\x07", 172)  # polars 2.1 asks for 2^61 bytes here, and the process ends
def test_spoiled_parquet(noise, place):
    buffer = io.BytesIO()
    pl.DataFrame({"a": [1.0, 2.0, 3.0], "b": ["x", "y", "z"]}).write_parquet(buffer)
    data = buffer.getvalue()
    read(data[:place] + noise + data[place + len(noise) :])
