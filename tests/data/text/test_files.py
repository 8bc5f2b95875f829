from __future__ import annotations

import pytest

from pellucid.data import Reading
from pellucid.data.files.labels import label_by_folder
from pellucid.data.text.files import is_text, texts_in
from pellucid.errors import DataError


@pytest.fixture
def folder(tmp_path):
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "1.txt").write_bytes(f"größe {name}".encode())
    return tmp_path


def test_texts_with_their_classes_and_places(folder):
    collection = texts_in(folder, Reading(), label_by_folder)
    assert (collection.values, collection.labels) == (["größe a", "größe b"], ("a", "b"))
    assert collection.places == (str(folder / "a" / "1.txt"), str(folder / "b" / "1.txt"))
    assert texts_in(folder / "a" / "1.txt", Reading()).values == ["größe a"]


def test_another_encoding_is_an_error_unless_named(folder):
    (folder / "b" / "2.txt").write_bytes("größe".encode("latin-1"))
    with pytest.raises(DataError, match=r"2.txt is not utf-8: byte 0xf6 in line 1; .*--encoding latin-1"):
        texts_in(folder, Reading(), label_by_folder)
    named = texts_in(folder / "b" / "2.txt", Reading(encoding="latin-1"))
    assert named.values == ["größe"]


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.md", "größe".encode(), True),
        ("README", b"read me", True),
        ("49960", b"From: me", True),
        ("long", ("ö" * 60_000).encode() + b"o" + "ö".encode(), True),
        ("a.csv", b"a,b", False),
        ("a.json", b"{}", False),
        ("a.bin", b"a\0b", False),
        ("latin", "größe".encode("latin-1"), False),
        ("utf-16", "größe".encode("utf-16"), False),
    ],
)
def test_content_tells_a_text(tmp_path, name, content, expected):
    (tmp_path / name).write_bytes(content)
    assert is_text(tmp_path / name) is expected


def test_a_readme_beside_class_folders_is_left_out_and_a_class_of_other_endings_is_read(folder):
    (folder / "README.md").write_text("about")
    (folder / "c").mkdir()
    (folder / "c" / "1.md").write_text("größe c", encoding="utf-8")
    collection = texts_in(folder, Reading(), label_by_folder)
    assert collection.labels == ("a", "b", "c")
    assert collection.notes == (
        "left out, in no class folder: 1 file: README.md",
        "texts by their content, not by their names: 1 file: c 1 (1.md)",
    )


def test_content_is_read_in_the_encoding_named(tmp_path):
    (tmp_path / "a").write_bytes("größe".encode("latin-1"))
    assert is_text(tmp_path / "a", "latin-1")
    assert not is_text(tmp_path / "a", "no such encoding")
