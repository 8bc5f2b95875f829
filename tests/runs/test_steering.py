"""Requests to a training by its folder."""

from __future__ import annotations

import json

import pytest

from pellucid import ConfigError, RunError, UnknownNameError
from pellucid.runs.events import read_events
from pellucid.runs.lock import FolderLock
from pellucid.runs.steering import ask
from synthetic_runs import write_run


@pytest.fixture
def running(tmp_path):
    run = write_run(tmp_path / "run", status="running")
    lock = FolderLock(run)
    yield run
    lock.release()


def test_a_training_that_goes_on_is_asked_by_a_line(running):
    (running / "control.jsonl").write_bytes(b'{"id": "stump')
    first, second = ask(running, "learning_rate", 0.5), ask(running, "pause")
    lines = (running / "control.jsonl").read_bytes().splitlines()
    assert lines[0] == b'{"id": "stump'
    asked = [json.loads(line) for line in lines[1:]]
    assert [(a["id"], a["command"], a.get("value")) for a in asked] == [
        (first, "learning_rate", 0.5),
        (second, "pause", None),
    ]


def test_on_one_that_is_over_notes_and_tags_alone_are_made(tmp_path):
    run = write_run(tmp_path / "run")
    (run / "events.jsonl").write_bytes((run / "events.jsonl").read_bytes() + b'{"kind": "stump')
    name = ask(run, "tag", "best")
    *_, told = read_events(run)
    assert (told["kind"], told["text"], told["request"]) == ("tag", "best", name)
    with pytest.raises(RunError, match="is not being trained"):
        ask(run, "stop")
    assert not (run / "control.jsonl").exists()


@pytest.mark.parametrize(
    ("command", "value"),
    [("learning_rate", 0), ("learning_rate", "1"), ("epochs", 2.5), ("stop", 1), ("note", ""), ("tag", 5)],
)
def test_a_value_that_does_not_fit_is_refused(running, command, value):
    with pytest.raises(ConfigError):
        ask(running, command, value)
    assert not (running / "control.jsonl").exists()


def test_other_commands_and_other_folders_are_refused(tmp_path):
    with pytest.raises(UnknownNameError, match="did you mean stop"):
        ask(tmp_path, "stopp")
    with pytest.raises(RunError, match="not a run folder"):
        ask(tmp_path, "stop")
