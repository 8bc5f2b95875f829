from __future__ import annotations

from pathlib import Path

import pytest

from pellucid.data.files.folders import FileKind, Found, find_files
from pellucid.data.files.labels import label_by_folder, label_by_name
from pellucid.errors import ConfigError, DataError

KIND = FileKind("texts", (".txt", ".wav"), Path.read_text, lambda file: file.suffix == "")


def folder_of(root, *names):
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(name)
    return find_files(root, KIND)


def found(*names):
    return Found(Path("x"), KIND, tuple(Path("x", name) for name in names))


def test_the_first_folder_is_the_class(tmp_path):
    (tmp_path / "empty").mkdir()
    known = label_by_folder(folder_of(tmp_path, "a/1.txt", "a/deep/0.TXT", "b/2.txt"))
    assert (known.labels, known.parts) == (("a", "a", "b"), ())
    assert [folder.name for folder in known.classes] == ["a", "b", "empty"]


def test_a_file_in_no_class_folder(tmp_path):
    known = label_by_folder(folder_of(tmp_path, "a/1.txt", "b/2.txt", "README"))
    assert known.labels == ("a", "b")
    assert "left out, in no class folder: 1 file: README" in known.found.notes
    with pytest.raises(DataError, match=r"loose.txt is in no class folder: .* --label-from .*; my.csv may be one"):
        label_by_folder(folder_of(tmp_path, "loose.txt", "my.csv"))


def test_folders_of_parts(tmp_path):
    known = label_by_folder(folder_of(tmp_path, "Train/a/1.txt", "Train/b/2.txt", "valid/a/3.txt", "TEST/b/4.txt"))
    assert (known.labels, known.parts) == (("b", "a", "b", "a"), ("test", "train", "train", "validation"))
    known = label_by_folder(folder_of(tmp_path, "other/a/5.txt"))
    assert "left out, in none of TEST, Train, valid: 1 file: other/a 1 (5.txt)" in known.found.notes
    assert len(known.labels) == len(known.parts) == 4
    with pytest.raises(DataError, match=r"6.txt is in no class folder: put it in a folder in .*valid named"):
        label_by_folder(folder_of(tmp_path, "valid/6.txt"))


def test_train_alone_is_a_part(tmp_path):
    known = label_by_folder(folder_of(tmp_path, "train/a/1.txt", "train/b/2.txt"))
    assert (known.labels, known.parts) == (("a", "b"), ("train", "train"))


def test_classes_may_be_called_like_parts():
    assert label_by_folder(found("train/1.txt", "bus/2.txt")).labels == ("train", "bus")
    assert label_by_folder(found("train/deep/1.txt", "bus/2.txt")).labels == ("train", "bus")
    assert label_by_folder(found("val/a/1.txt", "test/b/2.txt")).parts == ()  # nothing to train on
    with pytest.raises(DataError, match="has parts, test, train, without class folders: put each class in a folder"):
        label_by_folder(found("train/1.txt", "test/2.txt"))


def test_parts_beside_classes_in_names():
    known = label_by_name("{label}_*")(found("train/a_1.txt", "train/b_2.txt", "val/a_3.txt", "test/b_4.txt"))
    assert known.labels == ("a", "b", "a", "b")
    assert known.parts == ("train", "train", "validation", "test")


@pytest.mark.parametrize(
    ("pattern", "labels"),
    [("{label}_*.wav", ("3", "cat")), ("*_{label}.wav", ("a_1", "b_2")), ("{label}.wav", ("3_a_1", "cat_b_2"))],
)
def test_classes_in_names(pattern, labels):
    assert label_by_name(pattern)(found("3_a_1.wav", "cat_b_2.wav")).labels == labels


def test_a_pattern_is_no_regular_expression():
    assert label_by_name("{label}+1.wav")(found("a+1.wav", "b+1.wav")).labels == ("a", "b")
    with pytest.raises(DataError, match=r"b\+1.wav does not fit .*: rename it, or correct the pattern"):
        label_by_name("{label}.1.wav")(found("a.1.wav", "b+1.wav"))


@pytest.mark.parametrize("pattern", ["*.wav", "{label}_{label}.wav"])
def test_a_pattern_holds_the_class_once(pattern):
    with pytest.raises(ConfigError, match=r"label_from needs {label} once"):
        label_by_name(pattern)


def test_a_single_class():
    with pytest.raises(DataError, match="has one class only, 'a': put each class in a folder"):
        label_by_folder(found("a/1.txt"))
