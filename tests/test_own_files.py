"""Files that others may have put in place of ours."""

from __future__ import annotations

import os

import pytest

from pellucid.files import append_whole, start_of_line
from pellucid.own_files import open_own, read_own


def test_a_file_and_a_link_inside_its_folder_are_read(tmp_path):
    (tmp_path / "a").write_bytes(b"x")
    (tmp_path / "b").symlink_to("a")
    append_whole({tmp_path / "b": "\ud800\n"})
    assert read_own(tmp_path / "a") == read_own(tmp_path / "b") == b"x\\ud800\n"


@pytest.mark.parametrize("kind", ["link", "link to nothing", "loop", "folder", "pipe", "device"])
def test_what_is_no_file_of_the_folder_is_neither_read_nor_written(tmp_path, kind):
    outside, path = tmp_path / "outside", tmp_path / "run" / "events.jsonl"
    path.parent.mkdir()
    outside.write_text("secret\n")
    {
        "link": lambda: path.symlink_to(outside),
        "link to nothing": lambda: path.symlink_to(tmp_path / "new"),
        "loop": lambda: path.symlink_to(path),
        "folder": path.mkdir,
        "pipe": lambda: os.mkfifo(path),
        "device": lambda: path.symlink_to("/dev/zero"),
    }[kind]()
    with pytest.raises(OSError, match=r"leads out|no regular file|directory|device"):
        open_own(path)
    with pytest.raises(OSError, match=r"leads out|no regular file|directory|device"):
        append_whole({path: "more\n"})
    assert start_of_line(path) == ""
    assert outside.read_text() == "secret\n"
    assert not (tmp_path / "new").exists()
