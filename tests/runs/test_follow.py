"""A file that grows, is cut, replaced and removed, read all the while."""

from __future__ import annotations

import os

from hypothesis import given
from hypothesis import strategies as st

from pellucid.runs import follow
from pellucid.runs.follow import GrowingFile


def read_all(file):
    lines, restarted = b"", False
    while file.has_changed():
        growth = file.read()
        if growth.restarted:
            lines, restarted = b"", True
        lines += growth.lines
    return lines, restarted


def test_only_whole_lines_are_read_and_each_once(tmp_path):
    path = tmp_path / "file"
    file = GrowingFile(path)
    assert read_all(file) == (b"", False)
    path.write_bytes(b"one\ntw")
    assert read_all(file) == (b"one\n", False)
    assert file.stump()
    with path.open("ab") as grows:
        grows.write(b"o\nthree\n")
    assert file.has_changed()
    assert read_all(file) == (b"two\nthree\n", False)
    assert not file.has_changed()
    assert not file.stump()
    assert read_all(file) == (b"", False)


def test_a_file_that_was_cut_replaced_or_removed_is_read_again(tmp_path):
    path = tmp_path / "file"
    path.write_bytes(b"1\n2\n3\n")
    file = GrowingFile(path)
    read_all(file)
    os.truncate(path, 2)
    assert read_all(file) == (b"1\n", True)
    (tmp_path / "other").write_bytes(b"a\nb\n")
    (tmp_path / "other").replace(path)
    assert read_all(file) == (b"a\nb\n", True)
    path.write_bytes(b"A\nb\nc\n")  # longer than before, and another
    assert read_all(file) == (b"A\nb\nc\n", True)
    path.unlink()
    assert read_all(file) == (b"", True)
    path.write_bytes(b"new\n")
    assert read_all(file) == (b"new\n", False)


def test_a_line_longer_than_is_read_at_once_is_left_out_and_counted(tmp_path, monkeypatch):
    monkeypatch.setattr(follow, "CHUNK", 8)
    path = tmp_path / "file"
    path.write_bytes(b"short\n" + b"x" * 20 + b"\nend\n")
    file = GrowingFile(path)
    lines, _ = read_all(file)
    assert lines.startswith(b"short\n")
    assert lines.endswith(b"end\n")
    assert file.long_lines == 2


@given(
    st.lists(st.one_of(st.binary(max_size=12).map(lambda b: ("add", b)), st.integers(0, 30).map(lambda n: ("cut", n))))
)
def test_whatever_happens_what_was_read_is_the_whole_lines_of_the_file(tmp_path_factory, changes):
    path = tmp_path_factory.mktemp("f") / "file"
    file, held = GrowingFile(path), b""
    for what, value in changes:
        if what == "add":
            with path.open("ab") as grows:
                grows.write(value + b"\n" * (len(value) % 2))
        elif path.exists():
            size = path.stat().st_size
            os.truncate(path, min(value, size))
        lines, restarted = read_all(file)
        held = lines if restarted else held + lines
        whole = path.read_bytes() if path.exists() else b""
        assert held == whole[: whole.rfind(b"\n") + 1]
