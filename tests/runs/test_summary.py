"""A run in a few lines, whatever state it is in."""

from __future__ import annotations

import json
import os
import time

import pytest

from pellucid.runs.lock import FolderLock
from pellucid.runs.summary import RunSummary
from synthetic_runs import epoch_record, write_run


def summary_of(path, name="run"):
    summary = RunSummary(name, path)
    summary.update()
    return summary.value


def make_old(run):
    for path in run.iterdir():
        os.utime(path, (1, 1))


def append(path, record):
    with path.open("a") as file:
        file.write(json.dumps(record) + "\n")


def test_a_run_that_ended_says_what_it_was_and_what_came_out(tmp_path):
    told = summary_of(write_run(tmp_path / "iris-1"), "a/iris-1")
    assert told["id"] == "a/iris-1"
    assert told["name"] == "iris-1"
    assert (told["status"], told["stopped"]) == ("ended", "all epochs done")
    assert told["epochs"] == told["epochs_planned"] == 3
    assert told["results"] == {"test/loss": 0.1, "test/accuracy": 0.97}
    assert told["last"]["validation/loss"] == pytest.approx(1.1 / 3)
    assert told["settings"]["hidden"] == "4"
    assert told["data"]["fingerprint"] == "00c0ffee"
    assert told["seconds"] == 1.5


def test_a_summary_changes_with_its_files(tmp_path):
    run = write_run(tmp_path, status="running")
    summary = RunSummary("run", run)
    assert summary.update()
    assert summary.value["status"] == "running"
    append(run / "metrics.jsonl", epoch_record(4))
    assert summary.update()
    assert summary.value["epochs"] == 4
    append(run / "events.jsonl", {"kind": "paused"})
    append(run / "events.jsonl", {"kind": "tag", "text": "good"})
    append(run / "events.jsonl", {"kind": "epochs", "after": 9})
    assert summary.update()
    assert (summary.value["status"], summary.value["tags"], summary.value["epochs_planned"]) == ("paused", ["good"], 9)


@pytest.mark.parametrize(
    ("told", "status"),
    [
        ("all epochs done", "ended"),
        ("validation no longer improved", "ended"),
        ("interrupted", "stopped"),
        ("stopped as asked", "stopped"),
        ("failed", "failed"),
        ("step 3 (epoch 1): the loss is nan; lower the learning rate", "failed"),
    ],
)
def test_the_status_in_one_word(tmp_path, told, status):
    assert summary_of(write_run(tmp_path, status=told))["status"] == status


def test_a_run_says_which_network_it_has_where_none_was_asked_for(tmp_path):
    assert summary_of(write_run(tmp_path / "a", network="ensemble"))["network"] == "ensemble"
    assert summary_of(write_run(tmp_path / "b", settings={"network": "cnn"}))["network"] == "cnn"


def test_a_run_is_measured_after_its_training(tmp_path):
    run = write_run(tmp_path)
    told = json.loads((run / "run.json").read_text())
    del told["result"]
    (run / "run.json").write_text(json.dumps(told))
    summary, lock = RunSummary("run", run), FolderLock(run)
    assert summary.update()
    assert summary.value["status"] == "measuring"
    lock.release()
    assert summary.update()
    assert summary.value["status"] == "ended"


def test_a_run_that_ended_before_one_epoch_is_not_a_run_that_ended_well(tmp_path):
    run = write_run(tmp_path, status="the time was up, 3.2 s beyond the limit of 1 s", epochs=0)
    assert summary_of(run)["status"] == "stopped"


def test_a_run_whose_process_is_gone_has_crashed_and_one_that_holds_its_folder_has_not(tmp_path):
    run = write_run(tmp_path, status="running")
    make_old(run)
    lock = FolderLock(run)
    assert summary_of(run)["status"] == "running"
    lock.release()
    assert summary_of(run)["status"] == "crashed"


def test_a_clock_that_went_backwards_gives_no_negative_time(tmp_path):
    run = write_run(tmp_path, status="running", created="2999-01-01T00:00:00+00:00", result=None)
    os.utime(run / "steps.csv", (time.time() + 10**6,) * 2)
    told = summary_of(run)
    assert told["seconds"] == 0
    assert told["status"] in ("running", "crashed")


@pytest.mark.parametrize(
    ("description", "words"),
    [
        ("", "cannot be read"),
        ('{"pellucid_run": 1', "cannot be read"),
        ("[1]", "not written by pellucid"),
        ('{"pellucid_run": 99}', "layout 99, this pellucid reads 1"),
        ('{"pellucid_run": 0}', "layout 0"),
    ],
)
def test_a_run_that_cannot_be_read_is_named_with_its_error(tmp_path, description, words):
    run = write_run(tmp_path / "run")
    (run / "run.json").write_text(description)
    told = summary_of(run)
    assert told["status"] == "unreadable"
    assert words in told["error"]


def test_no_content_of_any_file_breaks_a_summary(tmp_path):
    run = write_run(tmp_path, epochs=1)
    for name in ("run.json", "metrics.jsonl", "events.jsonl"):
        whole = (run / name).read_bytes()
        for size in range(0, len(whole), 7):
            (run / name).write_bytes(whole[:size])
            assert summary_of(run)["status"] in ("ended", "unreadable")
        (run / name).write_bytes(whole)
    strange = {"settings": [1], "data": "x", "result": 3, "created": 5, "status": {}, "optimizer": None}
    (run / "run.json").write_text(json.dumps({"pellucid_run": 1, **strange}))
    assert summary_of(run)["id"] == "run"
