"""Texts as a kind of data: which sources it takes, and what its settings become."""

from __future__ import annotations

import pytest

from pellucid.data import TextBag, TextSequence
from pellucid.data.base.source import Source
from pellucid.data.text.kind import Text, TextOptions

ROWS = "".join(f"what a fine day number {i},yes\nrain again for {i} days,no\n" for i in range(10))


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "said.csv"
    path.write_text("said,liked\n" + ROWS, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("header", "row", "given", "recognised"),
    [
        ("said,liked", "what a fine day it is,yes", {}, True),
        ("said,amount,liked", "what a fine day it is,3,yes", {}, False),
        ("said,amount,liked", "what a fine day it is,3,yes", {"text": "said"}, True),
        ("amount,liked", "3,yes", {}, False),
    ],
)
def test_a_table_of_texts_is_one_with_nothing_beside_text_and_target(csv_file, header, row, given, recognised):
    rows = [row.replace("day", f"day {i}").replace("yes", ("yes", "no")[i % 2]) for i in range(20)]
    path = csv_file("\n".join([header, *rows]) + "\n")
    assert Text().recognises(Source(str(path), given)) is recognised


def test_a_folder_is_not_recognised_by_its_name(tmp_path):
    assert not Text().recognises(Source(str(tmp_path)))


@pytest.mark.parametrize(("features", "kind"), [(None, TextSequence), ("sequence", TextSequence), ("bag", TextBag)])
def test_its_settings_reach_the_preparation(table, features, kind):
    options = TextOptions(text="said", target="liked", features=features, vocabulary=5)
    data = Text().load(Source(str(table)), options, "auto", 0)
    assert isinstance(data.preprocessing, kind)
    assert len(data.preprocessing.terms) == 5
    assert data.classes == ("no", "yes")


def test_files_of_other_endings_are_texts_by_their_content(tmp_path):
    (tmp_path / "letter").write_text("Dear all, what a fine day it is.\n", encoding="utf-8")
    (tmp_path / "noise").write_bytes(bytes(range(256)))
    assert Text().holds(tmp_path / "letter")
    assert not Text().holds(tmp_path / "noise")
