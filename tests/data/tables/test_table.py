from __future__ import annotations

import os

import numpy as np
import polars as pl
import pytest

from pellucid.data import read_table
from pellucid.data.tables.columns import as_numbers
from pellucid.errors import DataError, UnknownNameError, describe

PEOPLE = "age,job,pay\n39, clerk ,1.5\n50,?,2\n N/A ,smith,-\n"


def rows(path, **options):
    return read_table(path, **options).frame.rows()


def refusal(path, **options):
    with pytest.raises(DataError) as caught:
        read_table(path, **options)
    message = describe(caught.value)
    assert "\n" not in message
    return message


def test_cells_are_text_without_blanks_and_missing_ones_are_null(csv_file):
    table = read_table(csv_file(PEOPLE), "pay")
    assert table.columns == ("age", "job", "pay")
    assert table.inputs == ("age", "job")
    assert table.frame.rows() == [("39", "clerk", "1.5"), ("50", None, "2"), (None, "smith", None)]
    assert (table.name, table.target, len(table), table.notes) == ("table.csv", "pay", 3, ())


@pytest.mark.parametrize("mark", ["", "NA", "n/a", "#N/A", "NaN", "null", "NULL", "None", "?", "-", "  ?  "])
def test_marks_of_missing_values(csv_file, mark):
    assert rows(csv_file(f"a,b\n1,{mark}\n2,3\n")) == [("1", None), ("2", "3")]


def test_marks_of_ones_own(csv_file):
    assert rows(csv_file("a,b\n1,Unknown\n2,-999\n"), missing=["unknown", " -999 "]) == [("1", None), ("2", None)]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_separators(csv_file, separator):
    text = "name,size\nx,1\n'a b',2\n".replace(",", separator)
    assert rows(csv_file(text)) == [("x", "1"), ("'a b'", "2")]


def test_semicolons_with_decimal_commas(csv_file):
    table = read_table(csv_file("a;b;c\n1,5;x,y;3\n-2;z;,5\n;;1e3\n"))
    assert table.frame.rows() == [("1,5", "x,y", "3"), ("-2", "z", ",5"), (None, None, "1e3")]
    np.testing.assert_array_equal(as_numbers(table, "a"), [1.5, -2, np.nan])
    np.testing.assert_array_equal(as_numbers(table, "c"), [3, 0.5, 1000])
    assert table.notes == ("read as numbers, with decimal commas: a, c",)


def test_headerless_decimal_commas(csv_file):
    table = read_table(csv_file("1,5;2,5\n3,5;4,5\n"))
    assert [as_numbers(table, name).tolist() for name in table.columns] == [[1.5, 3.5], [2.5, 4.5]]


def test_quotes_hold_separators_line_ends_and_quotes(csv_file):
    table = read_table(csv_file('a,b\n1,"x, y"\n2,"two\nlines"\n3,"say ""hi"""\n'))
    assert table.frame.rows() == [("1", "x, y"), ("2", "two\nlines"), ("3", 'say "hi"')]
    assert [table.at(row) for row in range(3)] == ["table.csv, line 2", "table.csv, line 4", "table.csv, line 5"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends(csv_file, end):
    assert rows(csv_file(end.join(["a,b", "1,2", "", "3,4"]))) == [("1", "2"), ("3", "4")]


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_encodings(csv_file, codec):
    table = read_table(csv_file("größe,ort\n1,Zürich\n".encode(codec)))
    assert table.columns == ("größe", "ort")
    assert table.frame.rows() == [("1", "Zürich")]
    assert table.notes == ()


def test_latin_1_is_read_and_said(csv_file):
    table = read_table(csv_file("a,ort\n1,Rom\n2,Zürich\n".encode("latin-1")))
    assert table.frame["ort"].to_list() == ["Rom", "Zürich"]
    assert table.notes == ("table.csv is not UTF-8: byte 0xfc in line 3, so it is read as Latin-1 (Windows-1252)",)


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("1,2\n3,4\n", ("column_1", "column_2")),
        ("39, State-gov, 77516\n50, Private, 83311\n", ("column_1", "column_2", "column_3")),
        ("M,0.4\nF,0.5\nM,0.6\n", ("column_1", "column_2")),
        ("p,x\ne,x\np,y\ne,y\n", ("column_1", "column_2")),
        ("0.1,?\n0.2,3\n", ("column_1", "column_2")),
        ("a,b\nx,y\nz,w\n", ("a", "b")),
        ("id,2019\nx,1\n", ("column_1", "column_2")),
        ("size,2019\n3,1\n", ("size", "2019")),
        ("a,b\nNA,1\n?,2\n", ("a", "b")),
    ],
)
def test_headers_are_found(csv_file, text, columns):
    table = read_table(csv_file(text))
    assert table.columns == columns
    assert bool(table.notes) == (columns[0] == "column_1")


def test_headers_as_told(csv_file):
    path = csv_file("1,2\n3,4\n")
    assert read_table(path, header=True).columns == ("1", "2")
    assert len(read_table(csv_file("a,b\n1,2\n"), header=False)) == 2


def test_columns_without_a_name(csv_file):
    assert read_table(csv_file("a,,c\n1,2,3\n")).columns == ("a", "column_2", "c")


def test_row_numbers_that_programs_write_first_are_left_out(csv_file):
    for start in (0, 1):
        table = read_table(csv_file(f",a,b\n{start},5,x\n{start + 1},6,y\n"))
        assert table.columns == ("a", "b")
        assert "only counts the rows" in table.notes[0]
    assert read_table(csv_file(",a\n0,5\n2,6\n")).columns == ("column_1", "a")


def test_parquet(tmp_path):
    frame = pl.DataFrame({"n": [1, None], "s": [" x ", "NA"], "b": [True, False]})
    path = tmp_path / "table.csv"  # told by its content
    frame.write_parquet(path)
    table = read_table(path, "b")
    assert table.frame.rows() == [(1, "x", True), (None, None, False)]
    assert table.at(1) == "table.csv, row 2"


@pytest.mark.parametrize("dtype", [pl.Categorical, pl.Enum(["?", " x ", "1", "NA"])])
def test_categories_in_parquet(tmp_path, dtype):
    path = tmp_path / "t.parquet"
    cells = {"^.*$": ["?", " x ", "1", "NA"], "n": [1, 2, 3, 4]}
    pl.DataFrame(cells, schema_overrides={"^.*$": dtype}).write_parquet(path)
    table = read_table(path)
    assert table.frame.rows() == [(None, 1), ("x", 2), ("1", 3), (None, 4)]
    assert table.frame.dtypes == [pl.Categorical, pl.Int64]  # no numbers, even where all are digits


def test_what_is_not_a_table(csv_file, tmp_path):
    assert refusal(tmp_path / "none.csv") == f"no such file: {tmp_path / 'none.csv'}"
    assert "is a folder" in refusal(tmp_path)
    assert "is empty" in refusal(csv_file(""))
    assert "is empty" in refusal(csv_file(" \n\n"))
    assert "is empty" in refusal(csv_file("\ufeff\n"))
    assert "byte 0x00 in line 2" in refusal(csv_file(b"a,b\n\0\1\2"))
    assert "not UTF-16" in refusal(csv_file(b"\xff\xfea"))
    assert "not Latin-1 (Windows-1252): byte 0x81 in line 2" in refusal(csv_file(b"a,b\n\x81,2\n"))
    assert "Excel" in refusal(csv_file(b"PK\x03\x04...."))
    assert "gzip" in refusal(csv_file(b"\x1f\x8b...."))
    assert "not a readable Parquet file" in refusal(csv_file(b"PAR1" + bytes(100)))
    assert "embedded null" in refusal("a\0b")
    for path in (3, None, b"t.csv"):
        assert refusal(path) == f"a table is read from the path of a file, not from {path!r}"


def test_a_loop_of_links(tmp_path):
    (tmp_path / "a.csv").symlink_to(tmp_path / "b.csv")
    (tmp_path / "b.csv").symlink_to(tmp_path / "a.csv")
    assert refusal(tmp_path / "a.csv") == f"{tmp_path / 'a.csv'} cannot be read: it is a loop of links"


@pytest.mark.skipif(os.name != "posix", reason="no named pipes and devices here")
def test_what_may_never_end(tmp_path):
    os.mkfifo(tmp_path / "pipe.csv")
    for path in (tmp_path / "pipe.csv", "/dev/zero", "/dev/urandom"):
        assert refusal(path).startswith(f"{path} cannot be read: it is a device, a named pipe or a socket")


@pytest.mark.skipif(os.name != "posix", reason="no /dev/fd here")
def test_pipes_that_another_program_fills(tmp_path):
    pl.DataFrame({"a": [1]}).write_parquet(tmp_path / "t.parquet")
    assert read_table(piped(b"a,b\n1,2\n")).frame.rows() == [("1", "2")]
    assert read_table(piped((tmp_path / "t.parquet").read_bytes())).frame.rows() == [(1,)]


def piped(data):
    end, start = os.pipe()
    os.write(start, data)
    os.close(start)
    return f"/dev/fd/{end}"


def test_header_without_rows(csv_file, tmp_path):
    assert refusal(csv_file("a,b\n")) == "table.csv has a header (a, b), but no rows"
    pl.DataFrame({"a": []}).write_parquet(tmp_path / "t.parquet")
    assert refusal(tmp_path / "t.parquet") == "t.parquet holds 1 columns, but no rows"


def test_ragged_rows_are_named(csv_file):
    assert refusal(csv_file("a,b\n1,2\n\n3,4,5\n")) == "table.csv, line 4: 3 cells, but the rows before have 2"
    assert "line 1203: 1 cells" in refusal(csv_file("a,b\n" + "1,2\n" * 1201 + "1\n"))


def test_quotes_left_open_are_named(csv_file):
    assert "is a quotation mark open" in refusal(csv_file('a,b\n1,"2\n3,4\n'))
    assert refusal(csv_file('a,b\n1,2\n3,"4"5\n')).startswith("table.csv, line 3: ")


def test_columns_of_one_name(csv_file):
    assert "columns 1 and 3 are both called 'a'" in refusal(csv_file("a,b, a \n1,2,3\n"))


def test_a_target_that_is_not_there(csv_file):
    with pytest.raises(UnknownNameError, match=r"unknown column of table.csv 'Pay': did you mean pay\?"):
        read_table(csv_file(PEOPLE), "Pay")
    assert "choose one of: age, job, pay" in refusal_of_name(csv_file(PEOPLE), "xyz")


def refusal_of_name(path, target):
    with pytest.raises(UnknownNameError) as caught:
        read_table(path, target)
    return describe(caught.value)


def test_reading_agrees_with_polars_on_plain_tables(csv_file):
    rng = np.random.default_rng(0)
    frame = pl.DataFrame({f"c{i}": rng.normal(size=3000) for i in range(5)})
    path = csv_file(frame.write_csv())
    assert read_table(path).frame.cast(pl.Float64).equals(pl.read_csv(path))
