"""What a fitted preparation of texts takes: terms, files, tables and texts in memory."""

from __future__ import annotations

import pytest

from pellucid import DataError, dataset_from_texts
from pellucid.data import Reading
from pellucid.data.text.preparation import split_terms

ROWS = "said,liked\n" + "what a fine day,yes\nrain again and again,no\n" * 10


def test_words_are_lower_case_and_punctuation_stands_alone():
    assert split_terms("Don't, Ömer!", "word") == ["don", "'", "t", ",", "ömer", "!"]
    assert split_terms("A b", "character") == ["A", " ", "b"]


@pytest.fixture(scope="module")
def of_table(tmp_path_factory):
    path = tmp_path_factory.mktemp("table") / "said.csv"
    path.write_text(ROWS, encoding="utf-8")
    return dataset_from_texts(path, text="said", target="liked").preprocessing


@pytest.fixture(scope="module")
def of_files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("files")
    for name, text in {"good": "what a fine day", "bad": "rain again and again"}.items():
        (folder / name).mkdir()
        for i in range(10):
            (folder / name / f"{i}.txt").write_text(text, encoding="utf-8")
    return dataset_from_texts(folder).preprocessing


def texts(preparation, path):
    return list(preparation.collect(path, Reading()).values)


def test_a_run_on_files_takes_no_table(of_files, tmp_path):
    (tmp_path / "new.csv").write_text(ROWS, encoding="utf-8")
    with pytest.raises(DataError, match=r"new\.csv is a table, but the run was trained on files: give it a \.txt file"):
        of_files.collect(tmp_path / "new.csv", Reading())
    (tmp_path / "new.txt").write_text("a fine day", encoding="utf-8")
    assert texts(of_files, tmp_path / "new.txt") == ["a fine day"]


def test_a_run_on_a_table_takes_tables_and_single_texts(of_table, tmp_path):
    for name in ("new.csv", "new.txt"):
        (tmp_path / name).write_text("said\na fine day\nrain\n", encoding="utf-8")
        assert texts(of_table, tmp_path / name) == ["a fine day", "rain"]
    (tmp_path / "letter.txt").write_text("Dear all, a fine day.", encoding="utf-8")
    assert texts(of_table, tmp_path / "letter.txt") == ["Dear all, a fine day."]
    with pytest.raises(DataError, match=r"gone\.txt"):
        of_table.collect(tmp_path / "gone.txt", Reading())


def test_texts_in_memory_are_a_list_or_rows_with_the_column(of_table, of_files):
    assert list(of_files.gather(["a fine day", None], Reading()).values) == ["a fine day", ""]
    rows = [{"said": "a fine day"}, {"said": "rain"}]
    assert list(of_table.gather(rows, Reading()).values) == ["a fine day", "rain"]
    for nothing in ("a fine day", [], [3]):
        with pytest.raises(DataError, match="give the path of a file or folder, a list of texts, or of paths"):
            of_files.gather(nothing, Reading())


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("again", "a vocabulary of 1 .* cannot classify"),
        ("{}", "no term occurs twice in the training texts"),
    ],
)
def test_texts_that_share_too_little_are_refused(tmp_path, text, message):
    for i in range(20):
        folder = tmp_path / "texts" / "ab"[i % 2]
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{i}.txt").write_text(text.replace("{}", f"word{i}"), encoding="utf-8")
    with pytest.raises(DataError, match=message):
        dataset_from_texts(tmp_path / "texts")
