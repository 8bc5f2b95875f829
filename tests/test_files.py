"""What is written, and the names it is written with."""

from __future__ import annotations

import json
import os
import stat

import numpy as np
import pytest

from pellucid.files import printable, to_json, write_atomic


def test_names_that_are_no_utf_8_come_back_from_json_as_they_were(tmp_path):
    name = os.fsdecode(b"\xff\xfe.png")
    write_atomic(tmp_path / "names.json", to_json({name: [name]}))
    assert json.loads((tmp_path / "names.json").read_text(encoding="utf-8")) == {name: [name]}
    assert printable(name) == "\\udcff\\udcfe.png"
    assert printable("Größe") == "Größe"


def test_bytes_and_text_are_written_as_they_are_and_nothing_stays_beside(tmp_path):
    write_atomic(tmp_path / "a", b"\x00\xff")
    write_atomic(tmp_path / "a", "ü")
    assert (tmp_path / "a").read_bytes() == "ü".encode()
    assert [file.name for file in tmp_path.iterdir()] == ["a"]


def test_others_may_read_what_the_umask_lets_them(tmp_path):
    before = os.umask(0o027)
    try:
        write_atomic(tmp_path / "a", "x")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o640


def test_a_failed_write_leaves_the_old_file_and_names_the_one_asked_for(tmp_path, monkeypatch):
    write_atomic(tmp_path / "a", "old")

    def full(descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        write_atomic(tmp_path / "a", "new")
    assert (tmp_path / "a").read_text(encoding="utf-8") == "old"
    assert [file.name for file in tmp_path.iterdir()] == ["a"]


def test_an_error_names_the_file_asked_for(tmp_path):
    with pytest.raises(OSError, match="missing") as caught:
        write_atomic(tmp_path / "missing" / "a", "x")
    assert caught.value.filename == str(tmp_path / "missing" / "a")
    (tmp_path / "folder").mkdir()
    with pytest.raises(OSError, match="folder") as caught:
        write_atomic(tmp_path / "folder", "x")
    assert (caught.value.filename, caught.value.filename2) == (str(tmp_path / "folder"), None)
    assert [file.name for file in tmp_path.iterdir()] == ["folder"]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({1: float("nan"), "b": [float("inf"), -0.5]}, '{"1": null, "b": [null, -0.5]}'),
        ((np.int64(3), np.float32(0.5), np.bool_(True)), "[3, 0.5, true]"),
        (np.float64("nan"), "null"),
        ({"Größe": None}, '{"Größe": null}'),
    ],
)
def test_json_is_what_every_reader_takes(value, text):
    assert to_json(value) == text
