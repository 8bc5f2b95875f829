"""The runs below a folder, while they come, change and go."""

from __future__ import annotations

import os
import shutil
import threading

import pytest

from pellucid import RunError, UnknownNameError
from pellucid.envelope import unpack
from pellucid.runs import collection as room
from pellucid.runs.collection import RunCollection
from pellucid.runs.query import fields_of, select
from serving import client_of, listening
from synthetic_runs import write_run


def test_runs_come_change_and_go(tmp_path):
    runs = RunCollection(tmp_path)
    runs.refresh()
    assert runs.summaries() == []
    write_run(tmp_path / "b" / "x")
    write_run(tmp_path / "a")
    runs.refresh(at_once=True)
    assert [run["id"] for run in runs.summaries()] == ["a", "b/x"]
    shutil.rmtree(tmp_path / "b")
    with pytest.raises(RunError, match="it was removed"):
        runs.reader("b/x")
    runs.refresh(at_once=True)
    assert [run["id"] for run in runs.summaries()] == ["a"]


def test_a_folder_that_is_a_run_is_that_run(tmp_path):
    runs = RunCollection(tmp_path / "iris")
    assert not runs.single
    write_run(tmp_path / "iris")
    assert runs.single
    assert runs.summary("iris")["epochs"] == 3


def test_two_who_ask_at_once_get_one_look(tmp_path):
    runs = RunCollection(tmp_path)
    runs.refresh()
    write_run(tmp_path / "a")
    runs.refresh()
    assert runs.summaries() == []


@pytest.mark.parametrize("name", ["", ".", "..", "../outside", "/etc", "a/../a", "a/", "a\0", "\udcff", "a" * 5000])
def test_no_name_leads_outside(tmp_path, name):
    write_run(tmp_path / "outside")
    write_run(tmp_path / "watched" / "a")
    with pytest.raises(RunError, match="there is no run"):
        RunCollection(tmp_path / "watched").locate(name)


def test_readers_are_held_as_long_as_there_is_room(tmp_path, monkeypatch):
    monkeypatch.setattr(room, "MOST_READERS", 2)
    for name in "abc":
        write_run(tmp_path / name)
    runs = RunCollection(tmp_path)
    first = runs.reader("a")
    assert runs.reader("a") is first
    runs.reader("b")
    runs.reader("c")
    assert runs.reader("a") is not first


def test_a_reader_sees_what_is_new_and_names_what_is_damaged(tmp_path):
    run = write_run(tmp_path / "a")
    reader = RunCollection(tmp_path).reader("a")
    reader.update()
    assert not reader.has_changed()
    with (run / "events.jsonl").open("a") as file:
        file.write("nonsense\n")
    assert reader.has_changed()
    reader.update()
    assert reader.faults() == ["events.jsonl: 1 line cannot be read, the others are shown"]
    assert reader.version == 0
    (run / "steps.csv").write_text("step,loss\n")
    reader.update()
    assert reader.version == 1
    with pytest.raises(UnknownNameError):
        reader.table("other")


def test_several_threads_read_one_run(tmp_path):
    write_run(tmp_path / "a", epochs=20, steps_an_epoch=50)
    runs, seen = RunCollection(tmp_path), []

    def read():
        reader = runs.reader("a")
        reader.update()
        seen.append((reader.table("steps").columns.rows, len(runs.summary("a"))))

    threads = [threading.Thread(target=read) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(seen) == {(1000, seen[0][1])}


DEEP, DIGITS = "[" * 5000 + "]" * 5000, "1" + "0" * 400


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("metrics.jsonl", '{"epoch": null}'),
        ("metrics.jsonl", '{"epoch": NaN}'),
        ("metrics.jsonl", '{"epoch": -Infinity, "train": ' + DEEP[:1000] + DEEP[-1000:] + "}"),
        ("metrics.jsonl", '{"epoch": ' + DIGITS + "}"),
        ("run.json", "[" * 100_000),
        ("run.json", '{"pellucid_run": 1, "result": ' + DEEP + "}"),
        ("run.json", '{"pellucid_run": 1, "result": {"seconds": ' + DIGITS + "}}"),
        ("run.json", '{"pellucid_run": 1, "created": 5, "result": {"remarks": 5}, "model": 5, "data": 5}'),
        ("run.json", '{"pellucid_run": 1, "settings": {"epochs": ' + DIGITS + '}, "status": []}'),
        ("events.jsonl", '{"kind": "epochs", "after": ' + DEEP[4600:5400] + "}"),
        ("events.jsonl", '{"kind": "epochs", "after": ' + DEEP[4000:6000] + "}"),
        ("histograms.jsonl", '{"step": 1, "numbers": "ab", "histograms": []}'),
        (
            "histograms.jsonl",
            '{"step": 1, "histograms": {"a": {"least": ' + DIGITS + ', "greatest": 1, "counts": [1]}}}',
        ),
        ("run.json", None),
        ("steps.csv", None),
        ("metrics.jsonl", "pipe"),
        ("run.json", "pipe"),
        ("steps.csv", "zeros"),
    ],
)
def test_one_bad_run_leaves_all_others_and_itself_to_be_asked_for(tmp_path, name, content):
    write_run(tmp_path / "good")
    path = write_run(tmp_path / "bad") / name
    if content in (None, "pipe", "zeros"):
        path.unlink()
        os.mkfifo(path) if content == "pipe" else path.symlink_to("/dev/zero" if content else path)
    else:
        path.write_text(content + "\n")
    client = client_of(tmp_path)
    runs = {run["id"]: run for run in client.get("/api/runs").json()["runs"]}
    assert runs["good"]["epochs"] == 3
    fields = [fields_of(run) for run in runs.values()]
    assert len(select(fields, "name = bad", ["-epochs", "-seconds"])) == 1
    asked = ("", "/tables/epochs", "/tables/steps", "/tables/examinations", "/histograms?name=a", "/weights?path=x")
    for rest in asked:
        answer = client.get(f"/api/runs/bad{rest}")
        assert answer.status_code in (200, 400, 404)
        assert str(tmp_path) not in answer.text
    with listening(client) as socket:
        socket.send_json({"type": "follow", "run": "bad", "tables": ["epochs", "steps", "layers", "examinations"]})
        assert unpack(socket.receive_bytes())[0]["run"] == "bad"
