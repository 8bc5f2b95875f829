"""Files that only grow: by whole lines, all together or none, and nothing that waits is lost."""

from __future__ import annotations

import numpy as np
import pytest

from pellucid.runs import growing
from pellucid.runs.growing import GrowingFiles, read_records


def test_rows_are_appended_below_one_header(tmp_path):
    for first in (1, 3):
        files = GrowingFiles(tmp_path)
        files.add_rows("steps.csv", {"step": np.array([first, first + 1]), "loss": np.array([0.1234567, np.nan])})
        files.flush()
    assert (tmp_path / "steps.csv").read_text() == "step,loss\n1,0.123457\n2,nan\n3,0.123457\n4,nan\n"


def test_a_file_keeps_its_columns(tmp_path):
    (tmp_path / "layers.csv").write_text("step,a,b\n1,1,1\n")
    files = GrowingFiles(tmp_path)
    files.add_rows("layers.csv", {"step": np.array([2]), "b": np.array([3.0]), "new": np.array([4.0])})
    files.flush()
    assert (tmp_path / "layers.csv").read_text() == "step,a,b\n1,1,1\n2,,3\n"


def test_a_name_with_a_comma_is_still_one_column(tmp_path):
    files = GrowingFiles(tmp_path)
    files.add_rows("layers.csv", {"step": np.array([2]), 'a,b\n"c"': np.array([3.0])})
    files.flush()
    assert (tmp_path / "layers.csv").read_text() == "step,a;b 'c'\n2,3\n"


def test_what_cannot_be_written_waits(tmp_path, monkeypatch):
    def full(texts):
        raise OSError(28, "No space left on device")

    files = GrowingFiles(tmp_path)
    files.add_record("events.jsonl", {"kind": "note"})
    with monkeypatch.context() as patch:
        patch.setattr(growing, "append_whole", full)
        with pytest.raises(OSError, match="No space"):
            files.flush()
    files.flush()
    files.flush()
    assert (tmp_path / "events.jsonl").read_text() == '{"kind": "note"}\n'


def test_records_are_read_from_a_byte_on_as_far_as_lines_are_whole(tmp_path):
    path = tmp_path / "control.jsonl"
    assert list(read_records(path)) == []
    path.write_bytes(b'{"a": 1}\n[2]\n\xff\n{"b": 3}')
    assert list(read_records(path)) == [({"a": 1}, 9), (None, 13), (None, 15)]
    with path.open("ab") as file:
        file.write(b"\n")
    assert list(read_records(path, 15)) == [({"b": 3}, 24)]
