"""A table reads alike in every form that a file may have."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import subprocess
import sys
import zipfile

import polars as pl
import pytest

from pellucid.data import read_table
from pellucid.data.tables.columns import column_kind
from pellucid.errors import DataError

TEXT = "size,name\n1,red\n2.5,blue\n,green\n"
ROWS = [("1", "red"), ("2.5", "blue"), (None, "green")]

PARTS = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship '
    'Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="xl/workbook.xml"/></Relationships>',
    "xl/styles.xml": '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cellXfs>'
    + "".join(f'<xf numFmtId="{number}"/>' for number in (0, 14, 22, 20, 46))
    + "</cellXfs></styleSheet>",
    "xl/workbook.xml": '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://'
    'schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="empty" sheetId="1" r:id="r1"/>'
    '<sheet name="prices" sheetId="2" r:id="r2"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    + "".join(
        f'<Relationship Id="r{i}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" '
        f'Target="worksheets/sheet{i}.xml"/>'
        for i in (1, 2)
    )
    + "</Relationships>",
}


def workbook(rows) -> bytes:
    """A workbook of Excel with an empty sheet and one of these rows."""
    sheet = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'
    cells = "".join("<row>" + "".join(map(excel_cell, row)) + "</row>" for row in rows)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in PARTS.items():
            archive.writestr(name, f'<?xml version="1.0"?>{content}')
        for i, content in ((1, ""), (2, cells)):
            archive.writestr(f"xl/worksheets/sheet{i}.xml", '<?xml version="1.0"?>' + sheet.format(content))
    return file.getvalue()


def excel_cell(value) -> str:
    if value is None:
        return "<c/>"
    if isinstance(value, str):
        return f'<c t="inlineStr"><is><t>{value}</t></is></c>'
    style, value = value if isinstance(value, tuple) else (0, value)
    return f'<c s="{style}"><v>{value}</v></c>'


DAY, MOMENT, CLOCK, LENGTH = 1, 2, 3, 4
"""Styles of cells."""


def zipped(members) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


@pytest.mark.parametrize(
    ("compress", "what"),
    [
        (gzip.compress, "a file compressed with gzip"),
        (bz2.compress, "a file compressed with bzip2"),
        (lzma.compress, "a file compressed with xz"),
        (
            lambda data: zipped({"folder/": "", "folder/t.csv": data, "__MACOSX/._t.csv": b"x"}),
            "a zip archive, read is",
        ),
        (lambda data: gzip.compress(zipped({"t.csv": data})), "a zip archive"),
    ],
)
def test_compressed_files(tmp_path, compress, what):
    path = tmp_path / "t.csv"
    path.write_bytes(compress(TEXT.encode()))
    table = read_table(path)
    assert table.frame.rows() == ROWS
    assert any(what in note for note in table.notes)
    path.write_bytes(compress(TEXT.encode())[:-12])
    with pytest.raises(DataError, match=r"t.csv is a .* that is cut off or corrupt"):
        read_table(path)


def test_zstd(tmp_path):
    zstandard = pytest.importorskip("zstandard")
    (tmp_path / "t.csv.zst").write_bytes(zstandard.compress(TEXT.encode()))
    assert read_table(tmp_path / "t.csv.zst").frame.rows() == ROWS


def test_an_archive_of_several_files_is_refused_with_their_names(tmp_path):
    (tmp_path / "t.zip").write_bytes(zipped({"a.csv": TEXT, "b.csv": TEXT}))
    with pytest.raises(DataError, match=r"a zip archive of 2 files \(a.csv, b.csv\): unpack it and name one"):
        read_table(tmp_path / "t.zip")


def test_excel(tmp_path):
    pytest.importorskip("fastexcel")
    path = tmp_path / "t.xlsx"
    path.write_bytes(workbook([["size", "name"], [1, "red"], [2.5, "blue"], [None, None], [None, "green"]]))
    table = read_table(path)
    assert [row for row in table.frame.rows() if any(row)] == ROWS
    assert table.at(len(table) - 1) == "t.xlsx, row 5"
    assert table.notes == ("t.xlsx: the sheet 'prices' is read; not used: 'empty'",)
    path.write_bytes(workbook([]))
    with pytest.raises(DataError, match=r"t.xlsx has no sheet with anything in it"):
        read_table(path)


def test_times_of_excel(tmp_path):
    """30 January 2024 is day 45321 of Excel; 60 and more are a day off, for it has 29 February 1900."""
    pytest.importorskip("fastexcel")
    path = tmp_path / "t.xlsx"
    names = ["day", "moment", "clock", "length", "work", "old", "text"]
    rows = [
        [(DAY, 45321 + i), (MOMENT, 45321.5), (CLOCK, 0.25), (LENGTH, length), (LENGTH, 1.5 + i), (DAY, 61 + i), text]
        for i, (length, text) in enumerate(
            [(0.5, "2024-01-30 00:00:00"), (1.25, "soon"), (1000, "2024-01-30 00:00:00")]
        )
    ]
    path.write_bytes(workbook([names, *rows, ["n/a"] * 7]))
    table = read_table(path, missing=["soon"])
    assert table.notes[:2] == (
        "lengths of time are read as seconds: length, work",
        "times of day are read as hours: clock",
    )
    first, second, third, last = table.frame.rows()
    assert first == ("2024-01-30", "2024-01-30 12:00:00", "6", "43200", "129600", "1900-03-01", "2024-01-30 00:00:00")
    assert (second[3], third[3], third[0], third[4]) == ("108000", "86400000", "2024-02-01", "302400")
    assert set(last) == {None}
    assert [column_kind(table, name) for name in names[:3]] == ["dates", "dates", "numbers"]
    path.write_bytes(workbook([["day"], [(DAY, 45321)], [(DAY, 0)]]))  # a date of nothing, as formulas leave it
    assert read_table(path).frame.rows() == [("2024-01-30",), ("1899-12-31",)]
    path.write_bytes(workbook([[], *rows]))
    assert "lengths of time are read as seconds: column 4, column 5" in read_table(path).notes


def test_json(tmp_path):
    objects = [{"size": 1, "name": "red"}, {"size": 2.5, "name": "blue"}, {"name": "green"}]
    wanted = [(1.0, "red"), (2.5, "blue"), (None, "green")]
    (tmp_path / "t.jsonl").write_text("\n".join(map(json.dumps, objects)) + "\n\n")
    (tmp_path / "t.json").write_text(json.dumps(objects, indent=2))
    assert [read_table(tmp_path / name).frame.rows() for name in ("t.jsonl", "t.json")] == [wanted, wanted]
    (tmp_path / "n.jsonl").write_text('{"a": {"b": 1, "c": {"d": "x"}}}\n{"a": {"b": 2}}\n')
    assert read_table(tmp_path / "n.jsonl").frame.to_dict(as_series=False) == {"a.b": [1, 2], "a.c.d": ["x", None]}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"a": 1}\n{"a": 2\n', "t.jsonl, line 2 is not a JSON object on a line of its own"),
        ('{"a": 1}\n[1]\n', r"t.jsonl, line 2: \[1\] is not an object such as"),
        ('[{"a": 1}, 3]', "t.jsonl, row 2: 3 is not an object"),
        ('[{"a": 1}', "t.jsonl is not JSON"),
        ('{"a": 1, "a": 2}', "the key 'a' is there twice"),
    ],
)
def test_what_is_no_table_in_json_is_named(tmp_path, text, message):
    (tmp_path / "t.jsonl").write_text(text)
    with pytest.raises(DataError, match=message):
        read_table(tmp_path / "t.jsonl")


def test_arrow_with_nested_columns_and_lengths_of_time(tmp_path):
    frame = pl.DataFrame({"s": [{"a": 1, "b": {"c": "x"}}], "n": [2]}).with_columns(
        length=pl.duration(minutes=2), clock=pl.time(6, 30), money=pl.lit("1.50").cast(pl.Decimal(10, 2))
    )
    frame.write_ipc(tmp_path / "t.feather")
    table = read_table(tmp_path / "t.feather")
    assert table.frame.to_dicts() == [
        {"s.a": 1, "s.b.c": "x", "n": 2, "length": 120.0, "clock": 6.5, "money": frame["money"][0]}
    ]
    assert "lengths of time are read as seconds: length" in table.notes


def test_standard_input():
    code = """
from pellucid.data import read_table
first, again = read_table("-"), read_table("-")
print(first.name, len(first), first.frame.equals(again.frame))
"""
    ran = subprocess.run([sys.executable, "-c", code], input=TEXT.encode(), capture_output=True, check=True)
    assert ran.stdout.decode() == "standard input 3 True\n"


def test_empty_cells_behind_the_last_column(csv_file):
    for text in ("a,b,\n1,2,\n3,4,\n", "a,b\n1,2,\n3,4,\n", "a,b,\n1,2\n3,4\n"):
        table = read_table(csv_file(text))
        assert (table.columns, table.frame.rows()) == (("a", "b"), [("1", "2"), ("3", "4")])
        assert len(table.notes) == 1
        assert "left out" in table.notes[0]


def test_an_empty_line_is_a_row_of_a_single_column_but_not_at_the_end(csv_file):
    assert read_table(csv_file("text\nred\n\nblue\n\n  \n")).frame["text"].to_list() == ["red", None, "blue"]
    assert read_table(csv_file('text\nred\n""\n')).frame["text"].to_list() == ["red", None]
