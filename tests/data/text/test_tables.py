from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from pellucid.data import Reading, Table
from pellucid.data.text.tables import find_text_column, read_text_table, texts_of, texts_with_classes
from pellucid.errors import DataError, UnknownNameError

LONG = ["what a fine day", "rain all day long", "it is so windy", "snow and more snow"]


def table_of(target=None, **columns):
    frame = pl.DataFrame(columns)
    return Table(frame, "t.csv", np.arange(2, 2 + len(frame)), "line", target)


def test_lines_of_label_and_text_need_no_quotation_marks(tmp_path):
    path = tmp_path / "messages"
    path.write_text('ham\tthe "first of all\r\n\r\nspam\tnow or never\nham\tnow and then\nspam\tfree for all\n')
    table = read_text_table(path, Reading(), strict=True)
    assert table.frame["text"].to_list() == ['the "first of all', "now or never", "now and then", "free for all"]
    assert (table.target, table.lines.tolist()) == ("label", [1, 3, 4, 5])
    assert table.notes == ("each line is a label, a tab and a text: columns 'label' and 'text'",)


def test_a_header_over_label_and_text(tmp_path):
    path = tmp_path / "messages"
    path.write_text("kind\tsaid here today\n" + "".join(f"{'ab'[i % 2]}\twords of text {i}\n" for i in range(6)))
    table = read_text_table(path, Reading(), strict=True)
    assert table.columns == ("kind", "said here today")
    assert len(table) == 6


def test_other_tables_are_read_as_tables(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("a\tb\n1\t2\n3\t4\n")
    assert read_text_table(path, Reading(), strict=True).frame.rows() == [("1", "2"), ("3", "4")]
    path.write_bytes("a,b\ngröße,1\n".encode("latin-1"))
    assert read_text_table(path, Reading(), strict=False).frame["a"].to_list() == ["größe"]
    with pytest.raises(DataError, match="not utf-8"):
        read_text_table(path, Reading(), strict=True)


def test_the_text_column_is_found():
    table = table_of(said=LONG, kind=["a", "b", "a", "b"])
    assert find_text_column(table, "kind") == "said"
    assert find_text_column(table, None) == "said"
    assert find_text_column(table_of(said=LONG, kind=list("abab"), size=["1", "2", "3", "4"]), "kind") is None
    assert find_text_column(table_of(word=list("wxyz"), kind=list("abab")), "kind") is None
    assert find_text_column(table_of(said=[LONG[0]] * 4, kind=list("abab")), "kind") is None  # it repeats: a category


def test_texts_of_a_column():
    collection = texts_of(table_of(said=[LONG[0], None], kind=["1.0", "2"]), "said", "kind")
    assert collection.values == [LONG[0], ""]
    assert (collection.labels, collection.places, collection.target) == (
        ("1", "2"),
        ("t.csv, line 2", "t.csv, line 3"),
        "kind",
    )
    assert texts_of(table_of(said=LONG), "said").labels == ()
    with pytest.raises(UnknownNameError, match=r"unknown column .* 'sad'"):
        texts_of(table_of(said=LONG), "sad")


def test_classes_are_the_target_or_the_last_other_column():
    columns = {"kind": list("abab"), "said": LONG, "size": ["1", "2", "1", "2"]}
    assert texts_with_classes(table_of(**columns), "said", None).target == "size"
    assert texts_with_classes(table_of("kind", **columns), "said", None).target == "kind"
    chosen = texts_with_classes(table_of(**columns), "said", "kind")
    assert (chosen.target, chosen.notes) == ("kind", ("not used beside the text: size",))
    for target in ("said", None):
        with pytest.raises(DataError, match="needs a column of classes beside the text 'said'"):
            texts_with_classes(table_of(said=LONG), "said", target)
