"""One run, read as it grows: in parts, so that a long table holds up no other answer."""

from __future__ import annotations

import json
import threading

import pytest

from pellucid.runs import follow, reader
from pellucid.runs.reader import RunReader
from synthetic_runs import write_run


@pytest.fixture
def long_run(tmp_path, monkeypatch):
    """A run of many epochs, of which a part holds a few."""
    path = write_run(tmp_path / "run", epochs=3)
    record = json.loads((path / "metrics.jsonl").read_text().splitlines()[0])
    lines = [json.dumps({**record, "epoch": epoch}) for epoch in range(1, 201)]
    (path / "metrics.jsonl").write_text("\n".join(lines) + "\n")
    monkeypatch.setattr(follow, "PART", 10 * len(lines[-1]))
    return path


def test_a_reading_for_some_time_reads_a_part_of_each_table_and_the_next_goes_on(long_run):
    read, rows = RunReader(long_run), []
    while not rows or read.has_changed():
        finished = read.update(seconds=0.0)
        assert not finished
        assert read.table("steps").columns.rows
        rows.append(read.table("epochs").columns.rows)
    assert len(rows) > 10
    assert rows == sorted(set(rows))
    assert read.table("epochs").columns["epoch"].tolist() == list(range(1, 201))


def test_while_a_long_table_is_read_whole_others_have_their_turn(long_run, monkeypatch):
    monkeypatch.setattr(reader, "SECONDS_A_TURN", 0.0)
    read, seen = RunReader(long_run), []
    pause = threading.Event()

    def look(seconds):  # instead of the pause between two turns, in which the lock is free
        other = threading.Thread(target=lambda: [read.update(["steps"]), pause.set()])
        pause.clear()
        other.start()
        assert pause.wait(10)
        seen.append(read.table("epochs").columns.rows)
        monkeypatch.setattr(reader, "SECONDS_A_TURN", 0.0 if len(seen) < 5 else 60.0)

    monkeypatch.setattr(reader.time, "sleep", look)
    read.read_all(["epochs"])
    assert len(seen) == 5
    assert read.table("epochs").columns.rows == 200
    assert read.update(["epochs"], 60.0)
