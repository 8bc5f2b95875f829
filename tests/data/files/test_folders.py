from __future__ import annotations

from pathlib import Path

import pytest

from pellucid.data.files.folders import label_files, list_files, read_each
from pellucid.errors import ConfigError, DataError


@pytest.fixture
def folder(tmp_path):
    for name in ("b/2.txt", "a/1.txt", "a/deep/0.TXT", "a/note.md", ".hidden/3.txt", "a/.4.txt"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    return tmp_path


def names(folder, files):
    return [file.relative_to(folder).as_posix() for file in files]


def test_files_below_a_folder_in_the_order_of_their_names(folder):
    assert names(folder, list_files(folder, (".txt",), "texts")) == ["a/1.txt", "a/deep/0.TXT", "b/2.txt"]
    assert list_files(folder / "a" / "note.md", (".txt",), "texts") == [folder / "a" / "note.md"]


def test_folders_without_files(folder):
    with pytest.raises(DataError, match=r"holds no pictures: files that end in .png, .jpg"):
        list_files(folder, (".png", ".jpg"), "pictures")
    with pytest.raises(DataError, match=r"no such file or folder: .*gone"):
        list_files(folder / "gone", (".txt",), "texts")


def test_the_first_folder_is_the_class(folder):
    assert label_files(folder, list_files(folder, (".txt",), "texts"), None) == ("a", "a", "b")


def test_a_file_in_no_class_folder(folder):
    (folder / "loose.txt").write_text("")
    with pytest.raises(DataError, match=r"loose.txt is in no class folder: put it in a folder .* --label-from"):
        label_files(folder, list_files(folder, (".txt",), "texts"), None)


@pytest.mark.parametrize(
    ("pattern", "labels"),
    [("{label}_*.wav", ("3", "cat")), ("*_{label}.wav", ("a_1", "b_2")), ("{label}.wav", ("3_a_1", "cat_b_2"))],
)
def test_classes_in_names(pattern, labels):
    files = [Path("x/3_a_1.wav"), Path("x/cat_b_2.wav")]
    assert label_files(Path("x"), files, pattern) == labels


def test_a_pattern_is_no_regular_expression():
    files = [Path("x/a+1.wav"), Path("x/b+1.wav")]
    assert label_files(Path("x"), files, "{label}+1.wav") == ("a", "b")
    with pytest.raises(DataError, match=r"b\+1.wav does not fit .*: rename it, or correct the pattern"):
        label_files(Path("x"), [Path("x/a.1.wav"), files[1]], "{label}.1.wav")


@pytest.mark.parametrize("pattern", ["*.wav", "{label}_{label}.wav"])
def test_a_pattern_holds_the_class_once(pattern):
    with pytest.raises(ConfigError, match=r"label_from needs {label} once"):
        label_files(Path("x"), [Path("x/a.wav")], pattern)


def test_a_single_class(folder):
    with pytest.raises(DataError, match="has one class only, 'a': put each class in a folder"):
        label_files(folder, [folder / "a" / "1.txt"], None)


def read(file):
    if "bad" in file.name:
        raise DataError(f"{file.name} (broken)")
    return file.name


def test_files_that_cannot_be_read_are_skipped_and_named():
    files = [Path(name) for name in ("bad0", "one", "bad1", "bad2", "two", "bad3", "bad4")]
    assert read_each(files, read, "text") == (
        [1, 4],
        ["one", "two"],
        ("skipped 5 damaged files: bad0 (broken); bad1 (broken); bad2 (broken) and 2 more",),
    )
    assert read_each([Path("one")], read, "text") == ([0], ["one"], ())
    assert read_each(files[:2], read, "text")[2] == ("skipped 1 damaged file: bad0 (broken)",)
    with pytest.raises(DataError, match=r"no text can be read: bad0 \(broken\)"):
        read_each(files[:1], read, "text")
