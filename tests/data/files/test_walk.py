from __future__ import annotations

import os

from pellucid.data.files.walk import HIDDEN, LOOP, LOST, SPECIAL, walk_folder


def names(root, files):
    return [file.relative_to(root).as_posix() for file in files]


def test_links_are_followed_and_what_is_no_file_is_named(tmp_path):
    root, other = tmp_path / "root", tmp_path / "other"
    for path in (root / "a/1", root / "b/deep/2", root / ".git/x/3", root / "a/.4", other / "5"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("")
    (root / "c").symlink_to(other)
    (root / "a/6").symlink_to(other / "5")
    (root / "a/gone").symlink_to(other / "none")
    (root / "b/deep/up").symlink_to(root / "b")
    (root / "self").symlink_to(root / "self")
    os.mkfifo(root / "a/pipe")
    found = walk_folder(root)
    assert names(root, found.files) == ["a/1", "a/6", "b/deep/2", "c/5"]
    assert {why: names(root, files) for why, files in found.left_out.items()} == {
        HIDDEN: [".git/x/3", "a/.4"],
        LOOP: ["b/deep/up"],
        LOST: ["a/gone", "self"],
        SPECIAL: ["a/pipe"],
    }
    assert names(root, found.folders) == ["a", "b", "b/deep", "c"]


def test_two_links_to_each_other_end(tmp_path):
    for name, other in ("ab", "ba"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "file").write_text("")
        (tmp_path / name / "link").symlink_to(tmp_path / other)
    assert names(tmp_path, walk_folder(tmp_path).files) == ["a/file", "a/link/file", "b/file", "b/link/file"]
