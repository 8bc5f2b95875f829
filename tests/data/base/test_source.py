"""A source is a name and what is asked of it; what one kind of data reads of it, another need not read again."""

from __future__ import annotations

from pellucid.data.base.source import Source


def test_a_file_a_folder_and_standard_input_are_there(tmp_path):
    (tmp_path / "a.csv").write_text("x", encoding="utf-8")
    assert Source(str(tmp_path)).is_there
    assert Source(str(tmp_path / "a.csv")).is_there
    assert Source("-").is_there
    assert not Source(str(tmp_path / "b.csv")).is_there


def test_files_of_a_folder_by_ending_in_lower_case(tmp_path):
    for name in ("a.PNG", "b.png", "deep/c.wav", "none"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"")
    endings = Source(str(tmp_path)).endings
    assert {ending: sorted(file.name for file in files) for ending, files in endings.items()} == {
        ".png": ["a.PNG", "b.png"],
        ".wav": ["c.wav"],
        "": ["none"],
    }
    assert Source(str(tmp_path / "a.PNG")).endings == {}


def test_what_is_read_is_read_once_of_each_source():
    count = []

    def read():
        count.append(1)
        return len(count)

    source = Source("iris")
    assert [source.once("table", read), source.once("table", read), source.once("other", read)] == [1, 1, 2]
    assert Source("iris").once("table", read) == 3
