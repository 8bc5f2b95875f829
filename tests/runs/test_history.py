"""``metrics.jsonl``, ``steps.csv``, ``layers.csv``: they only grow, and a crash costs no more than its own lines."""

from __future__ import annotations

import json

import numpy as np
import pytest

from pellucid import Chain, Dense, SoftmaxCrossEntropy, Tanh, fit
from pellucid.runs.history import append_history, cut_history, read_history
from pellucid.train.listener import Snapshot

NET = Chain(Dense(5), Tanh(), Dense(2))


def data(n=40):
    x = np.random.default_rng(0).normal(size=(n, 3)).astype(np.float32)
    return x, (x[:, 0] > 0).astype(int)


def epoch(number, watched=True):
    steps = {"loss": np.array([1.0, 0.5]), "learning_rate": np.array([0.1, 0.1])}
    if watched:
        steps["dense_1/out_mean"] = np.array([np.nan, 2.0])
    return {"epoch": number, "train": {"loss": 0.75}}, steps


def lines(folder, name):
    return (folder / name).read_text().splitlines()


def test_epochs_are_appended_and_read_back(tmp_path):
    append_history(tmp_path, [epoch(1), epoch(2)], first=1)
    append_history(tmp_path, [epoch(3)], first=5)
    assert [record["epoch"] for record in read_history(tmp_path)] == [1, 2, 3]
    assert [record["epoch"] for record in read_history(tmp_path, 2)] == [1, 2]
    steps = [f"{step},0.1,{(0.5, 1)[step % 2]}" for step in range(1, 7)]
    assert lines(tmp_path, "steps.csv") == ["step,learning_rate,loss", *steps]
    assert lines(tmp_path, "layers.csv") == ["step,dense_1/out_mean", "2,2", "4,2", "6,2"]


def test_layers_have_a_file_only_where_they_are_watched(tmp_path):
    append_history(tmp_path, [epoch(1, watched=False)], first=1)
    assert not (tmp_path / "layers.csv").exists()


def test_where_there_is_no_history_none_is_read(tmp_path):
    assert read_history(tmp_path) == []
    cut_history(tmp_path, Snapshot(None))


def test_the_first_damaged_line_ends_what_is_read(tmp_path):
    (tmp_path / "metrics.jsonl").write_text('{"epoch": 1}\n{"epo\n{"epoch": 3}\n')
    assert read_history(tmp_path) == [{"epoch": 1}]


@pytest.mark.parametrize(("epochs", "steps"), [(0, 0), (1, 2), (2, 4), (3, 6)])
def test_what_lies_beyond_a_snapshot_is_cut_off(tmp_path, epochs, steps):
    append_history(tmp_path, [epoch(1), epoch(2), epoch(3)], first=1)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    cut_history(tmp_path, Snapshot(None, epochs, steps))
    assert len(lines(tmp_path, "metrics.jsonl")) == epochs
    assert len(lines(tmp_path, "steps.csv")) == 1 + steps
    assert len(lines(tmp_path, "layers.csv")) == 1 + steps // 2
    for name, content in before.items():
        assert content.startswith((tmp_path / name).read_bytes())


def test_what_a_crash_wrote_after_the_checkpoint_is_cut_off(tmp_path):
    fit(NET, SoftmaxCrossEntropy(), data(), epochs=2, run=tmp_path / "run")
    with (tmp_path / "run" / "metrics.jsonl").open("a") as metrics, (tmp_path / "run" / "steps.csv").open("a") as steps:
        metrics.write('{"epoch": 3, "trai')
        steps.write("5,0.001,0.7\n6,0.0")
    longer = fit(NET, SoftmaxCrossEntropy(), data(), epochs=4, run=tmp_path / "run", resume=True)
    records = [json.loads(line) for line in (tmp_path / "run" / "metrics.jsonl").read_text().splitlines()]
    assert [record["epoch"] for record in records] == [1, 2, 3, 4]
    assert records == longer.history.epochs
    assert len((tmp_path / "run" / "steps.csv").read_text().splitlines()) == 1 + 8
