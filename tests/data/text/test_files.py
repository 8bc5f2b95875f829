from __future__ import annotations

import pytest

from pellucid.data import Reading
from pellucid.data.files.labels import label_by_folder
from pellucid.data.text.files import texts_in
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
