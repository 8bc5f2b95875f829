from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pellucid.data.files import rows as rows_of_text
from pellucid.data.files.delimited import read_delimited
from pellucid.errors import DataError


def cells(text, header="auto"):
    frame, *_ = read_delimited(text.encode(), "t.csv", header)
    return frame.rows()


@pytest.mark.parametrize("separator", ["\t", ";", "|", ","])
def test_the_separator_is_found(separator):
    text = "\n".join(separator.join(row) for row in (("a", "b", "c"), ("x", "1", "2"), ("y", "3", "4")))
    frame, lines, notes, _ = read_delimited(text.encode(), "t.csv", "auto")
    assert frame.columns == ["a", "b", "c"]
    assert frame.rows() == [("x", "1", "2"), ("y", "3", "4")]
    assert (lines.tolist(), notes) == ([2, 3], ())


def test_a_comma_may_be_a_decimal_comma():
    frame, _, notes, decimal_comma = read_delimited(b"a;b\n1,5;x\n2;y,z\n", "t.csv", "auto")
    assert frame.rows() == [("1,5", "x"), ("2", "y,z")]
    assert (notes, decimal_comma) == ((), True)


def test_a_single_column_needs_no_separator():
    assert cells("a\n1\n2\n") == [("1",), ("2",)]


def test_lines_are_those_a_row_ends_on():
    frame, lines, notes, _ = read_delimited(b'a,b\n\n1,"two\nlines"\n  \n3,4\n', "t.csv", "auto")
    assert frame.rows() == [("1", "two\nlines"), ("3", "4")]
    assert lines.tolist() == [4, 6]
    assert notes == ("2 blank lines between the rows skipped, the first is line 2",)


def test_without_a_header_columns_are_numbered():
    frame, lines, notes, _ = read_delimited(b"1,x\n2,y\n", "t.csv", "auto")
    assert (frame.columns, lines.tolist()) == (["column_1", "column_2"], [1, 2])
    assert notes == ("the first line looks like data, not names: columns are called column_1 to column_2",)
    assert cells("1,x\n2,y\n", header=True) == [("2", "y")]
    assert cells("a,b\n2,y\n", header=False) == [("a", "b"), ("2", "y")]


def test_row_numbers_without_a_name_are_left_out():
    frame, _, notes, _ = read_delimited(b",a\n0,5\n1,6\n", "t.csv", "auto")
    assert (frame.columns, frame.rows()) == (["a"], [("5",), ("6",)])
    assert notes == ("the first column has no name and only counts the rows: left out",)
    assert cells(",a\n0,5\n2,6\n") == [("0", "5"), ("2", "6")]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "t.csv is empty: a table needs columns and rows"),
        ("a,b\n", r"t.csv has a header \(a, b\), but no rows"),
        ("a,b\n1,2\n3\n", "t.csv, line 3: 1 cells, but the rows before have 2"),
        ('a,b\n1,"2\n', "t.csv, line 2: .*; is a quotation mark open or not doubled"),
        ("a,a\n1,2\n", "t.csv: columns 1 and 2 are both called 'a': rename one"),
    ],
)
def test_what_is_no_table_is_named(text, message):
    with pytest.raises(DataError, match=message):
        read_delimited(text.encode(), "t.csv", True)


def test_rows_beyond_a_chunk_and_a_sample(monkeypatch):
    monkeypatch.setattr(rows_of_text, "CHUNK", 7)
    monkeypatch.setattr(rows_of_text, "SAMPLE", 5)
    rows = [(str(i), str(i * i)) for i in range(50)]
    assert cells("a,b\n" + "\n".join(map(",".join, rows))) == rows
    with pytest.raises(DataError, match="line 52: 3 cells"):
        cells("a,b\n" + "\n".join(map(",".join, [*rows, ("1", "2", "3")])))


@given(st.lists(st.lists(st.text("ab ,;\"'\n", max_size=5), min_size=2, max_size=2), min_size=1, max_size=20))
def test_what_csv_writes_is_read(rows):
    rows = [["name", "word"], *([f"x{cell}".rstrip(), f"y{more}".rstrip()] for cell, more in rows)]
    text = io.StringIO()
    csv.writer(text, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows(rows)
    assert cells(text.getvalue(), header=True) == [tuple(row) for row in rows[1:]]
