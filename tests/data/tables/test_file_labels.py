"""Labels from a table beside files: texts here, of which a name is all that counts."""

from __future__ import annotations

from pathlib import Path

import pytest

from pellucid.data.files.folders import FileKind, find_files
from pellucid.data.tables.file_labels import choose_labelling
from pellucid.errors import ConfigError, DataError, UnknownNameError

KIND = FileKind("texts", (".txt",), Path.read_text)
FILES = ("a/1.txt", "a/2.txt", "b/3.txt", "b/4.txt")


@pytest.fixture
def label(tmp_path):
    """Labels the files of a folder by a table of these lines in it."""
    for name in FILES:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name)

    def of(lines, target=None, task="auto", labels="labels.csv"):
        (tmp_path / "labels.csv").write_text("\n".join(lines) + "\n")
        return choose_labelling(None, labels, target, task)(find_files(tmp_path, KIND))

    return of


@pytest.mark.parametrize(
    "names", [FILES, ("1.txt", "2.txt", "3.txt", "4.txt"), ("1", "2", "3", "4"), ("./A/1.TXT", "a\\2.txt", "3", "4")]
)
def test_the_column_of_files_is_found_by_its_values(label, names):
    known = label(["size,what,kind", *(f"{i}.5,{name},{'xy'[i % 2]}" for i, name in enumerate(names))])
    assert known.labels == ("x", "y", "x", "y")
    assert known.target == "kind"
    assert known.notes[0].startswith("labels from labels.csv: files by 'what', classification of 'kind': ")
    assert "labels.csv: columns not used: size" in known.notes
    assert known.found.notes == ()  # the table itself is no file that was left out


def test_files_without_a_row_and_rows_without_a_file(label, tmp_path):
    (tmp_path / "b" / "5.txt").write_text("")
    known = label(["file,kind", "1.txt,x", "2.txt,y", "4.txt,y", "gone.txt,x", "4.txt,y", "1,x", "5,x"])
    assert known.labels == ("x", "y", "y", "x")
    assert known.found.notes == ("left out, in no row of labels.csv: 1 file: b 1 (3.txt)",)
    assert "labels.csv: 1 row without a file here: gone.txt (line 5)" in known.notes
    assert "labels.csv: 2 rows for a file that has one already" in known.notes


def test_amounts(label):
    rows = ["1.txt,x,1.5", "2.txt,y,2.5", "3.txt,x,3.5", "4.txt,y,-1"]
    known = label(["file,kind,amount", *rows])
    assert known.amounts.tolist() == [1.5, 2.5, 3.5, -1.0]
    assert (known.labels, known.target) == ((), "amount")
    assert label(["file,kind,amount", *rows], target="kind").labels == ("x", "y", "x", "y")


def test_parts_are_folders_here_too(label, tmp_path):
    for old, new in (("a", "train"), ("b", "test")):
        (tmp_path / old).rename(tmp_path / new)
    assert label(["file,kind", "1,x", "2,y", "3,x", "4,y"]).parts == ("test", "test", "train", "train")


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["file,kind", "5,x", "6,y"], "labels.csv has no column that names files in .*, such as 1.txt"),
        (["file", "1", "2"], "needs a column of labels beside the names of files in 'file'"),
        (["file,kind", "1,x", "2,y", "1,y", "3,x"], r"line 4: 1.txt is 'y', but 'x' in line 2: keep one of them"),
        (["file,kind", "1,x", "2,x", "3,x"], "the target 'kind' is 'x' in every row"),
        (["file,kind", "1,x", "2,", "3,x"], "line 3: the target 'kind' is missing"),
    ],
)
def test_tables_that_do_not_label(label, lines, said):
    with pytest.raises(DataError, match=said):
        label(lines)


def test_settings_that_do_not_fit(label):
    with pytest.raises(UnknownNameError, match=r"unknown column of labels.csv 'kin'"):
        label(["file,kind", "1,x", "2,y"], target="kin")
    with pytest.raises(DataError, match=r"no such file: gone.csv"):
        label(["file,kind"], labels="gone.csv")
    with pytest.raises(ConfigError, match="give labels or label_from"):
        choose_labelling("{label}_*", "labels.csv")
    with pytest.raises(ConfigError, match="the target 'kind' needs a table of labels"):
        choose_labelling(None, None, "kind")
    with pytest.raises(ConfigError, match="regression needs a table of labels"):
        choose_labelling(None, None, None, "regression")
