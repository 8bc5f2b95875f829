from __future__ import annotations

import pytest

from pellucid.data import Reading
from pellucid.data.tables.labelled_lines import read_text_table
from pellucid.errors import DataError


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
