"""Steering a run: requests are made once, repeated to the bit, and outlive the process."""

from __future__ import annotations

import json
import threading
import time

import numpy as np
import pytest

from pellucid import (
    Chain,
    Change,
    ConfigError,
    Dense,
    EpochDone,
    GradientDescent,
    MeanSquaredError,
    Paused,
    RunError,
    Tanh,
    ask,
    changes_of,
    fit,
)
from pellucid.runs.control import Requests, add_request
from pellucid.runs.events import note_run, read_events
from pellucid.train.changes import RefusedRequest
from pellucid.trees import flatten

RNG = np.random.default_rng(0)
X = RNG.normal(size=(40, 3))
NET, DATA = Chain(Dense(4), Tanh(), Dense(1)), (X, X[:, :1])
HOW = {"epochs": 6, "batch_size": 8, "optimizer": GradientDescent(0.1)}


def train(path, engine="numpy", **how):
    return fit(NET, MeanSquaredError(), DATA, engine=engine, run=path, **{**HOW, **how})


def kinds(path, *wanted):
    return [record for record in read_events(path) if record["kind"] in wanted]


def same(a, b):
    return all((x == y).all() for x, y in zip(flatten(a.params).values(), flatten(b.params).values(), strict=True))


def after_epoch(path, number, *requests):
    """A listener that asks when that many epochs are done."""

    def listen(event):
        if isinstance(event, EpochDone) and event.epoch == number:
            for request in requests:
                ask(path, *request)

    return listen


@pytest.mark.parametrize("engine", ["numpy", "jax"])
def test_what_was_asked_for_is_repeated_to_the_bit(tmp_path, engine):
    asked = after_epoch(
        tmp_path / "run", 2, ("learning_rate", 0.03), ("epochs", 5), ("note", "slower"), ("tag", "good")
    )
    first = train(tmp_path / "run", engine, listeners=[asked])
    assert len(first.history.epochs) == 5
    (rate,) = kinds(tmp_path / "run", "learning_rate")
    assert (rate["step"], rate["before"], rate["after"], rate["reason"]) == (10, 0.1, 0.03, "asked")
    requests = [json.loads(line) for line in (tmp_path / "run" / "control.jsonl").read_text().splitlines()]
    assert [event["request"] for event in kinds(tmp_path / "run", "learning_rate", "epochs", "note", "tag")] == [
        request["id"] for request in requests
    ]
    changes = changes_of(tmp_path / "run")
    assert changes == (Change("learning_rate", 0.03, 10), Change("epochs", 5, 10))
    again = train(tmp_path / "again", engine, changes=changes)
    assert same(again, first)
    assert changes_of(tmp_path / "again") == changes


def test_a_stop_is_repeated_and_a_run_that_was_stopped_goes_on(tmp_path):
    first = train(tmp_path / "run", listeners=[after_epoch(tmp_path / "run", 2, ("stop",))])
    assert first.stopped == "stopped as asked"
    again = train(tmp_path / "again", changes=changes_of(tmp_path / "run"))
    assert (again.stopped, same(again, first)) == ("stopped as planned", True)
    gone_on = train(tmp_path / "run", resume=True)
    assert gone_on.stopped == "all epochs done"
    assert same(gone_on, train(tmp_path / "whole"))


def test_changes_outlive_the_process(tmp_path):
    """The rate and the epochs that were asked for hold on, whether the checkpoint has them or the events alone."""

    def interrupt(event):
        if isinstance(event, EpochDone) and event.epoch == 4:
            raise KeyboardInterrupt

    path = tmp_path / "run"
    asked = after_epoch(path, 2, ("learning_rate", 0.03), ("epochs", 8))
    whole = train(
        tmp_path / "whole", listeners=[after_epoch(tmp_path / "whole", 2, ("learning_rate", 0.03), ("epochs", 8))]
    )
    train(path, listeners=[asked, interrupt])
    gone_on = train(path, resume=True)
    assert len(gone_on.history.epochs) == 8
    assert same(gone_on, whole)
    assert len(kinds(path, "learning_rate", "epochs")) == 2  # told once
    assert len(train(path, resume=True, epochs=9).history.epochs) == 9  # what is given now wins


def test_a_pause_ends_when_somebody_asks_for_it_and_by_ctrl_c(tmp_path):
    def go_on():
        while not kinds(tmp_path / "run", "paused"):
            time.sleep(0.01)
        ask(tmp_path / "run", "continue")

    thread = threading.Thread(target=go_on)
    thread.start()
    paused = train(tmp_path / "run", listeners=[after_epoch(tmp_path / "run", 1, ("pause",))], max_time="1h")
    thread.join()
    assert [event["kind"] for event in kinds(tmp_path / "run", "paused", "continued")] == ["paused", "continued"]
    assert same(paused, train(tmp_path / "plain"))

    def interrupt(event):
        if isinstance(event, Paused):
            raise KeyboardInterrupt

    path = tmp_path / "other"
    stopped = train(path, listeners=[after_epoch(path, 1, ("pause",)), interrupt])
    assert stopped.stopped == "interrupted"
    assert train(path, resume=True).stopped == "all epochs done"  # the pause was for the process that ended


def test_what_is_no_request_is_told_and_ignored(tmp_path):
    path = tmp_path / "run"
    lines = [
        '{"id": "a", "command": "explode"}',
        "rubbish",
        '{"id": "b", "command": "learning_rate", "value": -1}',
        "[]",
    ]

    def write(event):
        if isinstance(event, EpochDone) and event.epoch == 1:
            (path / "control.jsonl").write_text("\n".join(lines) + '\n{"id": "c", "command": "st')

    assert train(path, listeners=[write]).stopped == "all epochs done"
    refused = kinds(path, "refused")
    assert [event.get("request") for event in refused] == ["a", None, "b", None]
    assert "unknown command 'explode'" in refused[0]["error"]
    train(path, resume=True, epochs=7)
    assert len(kinds(path, "refused")) == 4


def test_requests_are_handed_out_once(tmp_path):
    first = add_request(tmp_path, Change("note", "one"))
    requests = Requests(tmp_path)
    assert [change.request for change in requests.new()] == [first]
    assert requests.new() == []
    stop, note = add_request(tmp_path, Change("stop")), add_request(tmp_path, Change("note", "two"))
    later = Requests(tmp_path)
    later.skip_old([first])
    refused, noted = later.new()
    assert refused == RefusedRequest("stop was asked of a training that ended before it read that: ask again", stop)
    assert noted == Change("note", "two", request=note, reason="asked")
    with pytest.raises(RunError, match="no run folder at"):
        ask(tmp_path / "nowhere", "stop")
    with pytest.raises(ConfigError, match="stop takes no value"):
        ask(tmp_path, "stop", 3)
    with pytest.raises(RunError, match=r"no events\.jsonl"):
        changes_of(tmp_path)


def test_what_a_training_did_not_read_is_refused_when_the_run_goes_on(tmp_path):
    path = tmp_path / "run"
    train(path, epochs=2)
    with pytest.raises(RunError, match="is not being trained: learning_rate is for a training that goes on"):
        ask(path, "learning_rate", 0.9)
    late = add_request(path, Change("learning_rate", 0.9))  # as if it had come in the last moment
    rates = train(path, resume=True).history.epochs[-1]["learning_rate"]
    assert rates == 0.1
    (refused,) = kinds(path, "refused")
    assert refused["request"] == late
    train(path, resume=True, epochs=7)
    assert len(kinds(path, "refused")) == 1


def test_a_run_that_is_over_takes_notes(tmp_path):
    train(tmp_path / "run")
    note_run(tmp_path / "run", "tag", "best so far")
    (tag,) = kinds(tmp_path / "run", "tag")
    assert (tag["text"], tag["epoch"], tag["step"]) == ("best so far", 6, 30)
    with pytest.raises(ConfigError, match="takes a note or a tag, not 'stop'"):
        note_run(tmp_path / "run", "stop", "x")


@pytest.mark.parametrize(
    "line",
    [
        '{"id": "1", "command": "note", "value": "\\ud800"}',
        '{"id": "\\ud800", "command": "note", "value": "a"}',
        '{"id": "1", "command": "learning_rate", "value": 1' + "0" * 400 + "}",
        '{"id": "1", "command": "learning_rate", "value": 1e308}',
        '{"id": "1", "command": ["stop"]}',
        "[" * 100_000,
        "\n" * 5000,
        None,
    ],
)
def test_no_line_of_a_stranger_ends_the_training(tmp_path, line):
    def listen(event):
        path = tmp_path / "run" / "control.jsonl"
        if isinstance(event, EpochDone) and event.epoch == 1:
            path.mkdir() if line is None else path.write_text(line + "\n")

    trained = train(tmp_path / "run", listeners=[listen])
    assert len(trained.history.epochs) == 6
    told = kinds(tmp_path / "run", "refused", "note")
    assert len(told) == (100 if line and line.isspace() else 1)
    assert train(tmp_path / "run", epochs=7, resume=True).history.epochs[-1]["epoch"] == 7


def test_a_note_of_several_lines_of_every_kind_outlives_going_on(tmp_path):
    text = "a\u2028b\u0085c\rd"
    train(tmp_path / "run")
    note_run(tmp_path / "run", "note", text)
    train(tmp_path / "run", epochs=7, resume=True)
    assert [record["text"] for record in kinds(tmp_path / "run", "note")] == [text]
