from __future__ import annotations

import pytest

from pellucid.data.files.folders import FileKind, Found, find_files, name_files, read_each
from pellucid.errors import DataError


def read(file):
    if "bad" in file.name:
        raise DataError(f"{file} (broken)")
    return file.name


KIND = FileKind("texts", (".txt",), read, lambda file: file.read_text().startswith("text"))


@pytest.fixture
def folder(tmp_path):
    for name in ("b/2.txt", "a/1.txt", "a/deep/0.TXT", "a/note.md", ".hidden/3.txt", "a/.4.txt", "text"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    return tmp_path


def names(found):
    return [file.relative_to(found.root).as_posix() for file in found.files]


def test_files_of_a_kind_by_ending_and_by_content(folder):
    found = find_files(folder, KIND)
    assert names(found) == ["a/1.txt", "a/deep/0.TXT", "b/2.txt", "text"]
    assert found.notes == (
        "left out, no texts: 1 file: a 1 (note.md)",
        "left out, hidden: 2 files: .hidden 1 (3.txt), a 1 (.4.txt)",
        "texts by their content, not by their names: 1 file: text",
    )
    assert find_files(folder / "a" / "note.md", KIND).files == (folder / "a" / "note.md",)


def test_folders_without_files(folder):
    with pytest.raises(DataError, match=r"holds no images: files that end in .png, .jpg; left out, no images: "):
        find_files(folder, FileKind("images", (".png", ".jpg"), read))
    with pytest.raises(DataError, match=r"no such file or folder: .*gone"):
        find_files(folder / "gone", KIND)


def test_files_that_cannot_be_read_are_named_and_counted_by_folder(tmp_path):
    found = Found(tmp_path, KIND, tuple(tmp_path / n for n in ("bad0", "one", "a/bad1", "a/b/bad2", "two")))
    kept, values, notes = read_each(found)
    assert (kept, values) == ([1, 4], ["one", "two"])
    assert notes == ("skipped, cannot be read: 3 files: bad0 (broken), a 1 (bad1 (broken)), a/b 1 (bad2 (broken))",)
    with pytest.raises(DataError, match=r"no text can be read: .*bad0 \(broken\)"):
        read_each(Found(tmp_path, KIND, (tmp_path / "bad0",)))


def test_many_files_are_counted(tmp_path):
    files = [tmp_path / f"{folder}/{i}" for folder in "ab" for i in range(5)]
    assert name_files(tmp_path, files) == "10 files: a 5 (0, 1, 2 and 2 more), b 5 (0, 1, 2 and 2 more)"
    assert name_files(tmp_path, [tmp_path / f"{i}/x" for i in range(30)]).endswith("19 1 (x) and 10 more folders")
