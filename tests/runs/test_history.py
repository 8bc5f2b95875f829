"""What a training wrote of itself is read back, and cut to the checkpoint it goes on from."""

from __future__ import annotations

import json

import numpy as np
import pytest

from pellucid import Chain, Dense, SoftmaxCrossEntropy, Tanh, fit
from pellucid.runs.growing import GrowingFiles
from pellucid.runs.history import cut_history, read_history
from pellucid.train.snapshot import Snapshot

NET = Chain(Dense(5), Tanh(), Dense(2))


def data(n=40):
    x = np.random.default_rng(0).normal(size=(n, 3)).astype(np.float32)
    return x, (x[:, 0] > 0).astype(int)


def write(folder, epochs):
    """Two steps an epoch, of which the second is watched."""
    files = GrowingFiles(folder)
    for n in range(1, epochs + 1):
        steps = np.array([2 * n - 1, 2 * n])
        files.add_rows("steps.csv", {"step": steps, "learning_rate": np.full(2, 0.1), "loss": np.array([1.0, 0.5])})
        files.add_rows("layers.csv", {"step": steps[1:], "dense_1/out_mean": np.array([2.0])})
        files.add_record("metrics.jsonl", {"epoch": n, "train": {"loss": 0.75}})
        files.add_record("histograms.jsonl", {"step": 2 * n, "epoch": n})
        for kind in ("best", "note"):
            files.add_record("events.jsonl", {"step": 2 * n, "epoch": n, "kind": kind})
    files.flush()


def lines(folder, name):
    return (folder / name).read_text().splitlines()


def test_where_there_is_no_history_none_is_read(tmp_path):
    assert read_history(tmp_path) == []
    cut_history(tmp_path, Snapshot(None))


def test_epochs_are_read_back(tmp_path):
    write(tmp_path, 3)
    assert [record["epoch"] for record in read_history(tmp_path)] == [1, 2, 3]
    assert [record["epoch"] for record in read_history(tmp_path, 2)] == [1, 2]


def test_the_first_damaged_line_ends_what_is_read(tmp_path):
    (tmp_path / "metrics.jsonl").write_text('{"epoch": 1}\n{"epo\n{"epoch": 3}\n')
    assert read_history(tmp_path) == [{"epoch": 1}]


@pytest.mark.parametrize(("epochs", "steps"), [(0, 0), (1, 2), (2, 4), (3, 6)])
def test_what_lies_beyond_a_snapshot_is_cut_off(tmp_path, epochs, steps):
    write(tmp_path, 3)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    cut_history(tmp_path, Snapshot(None, epochs, steps))
    assert len(lines(tmp_path, "metrics.jsonl")) == epochs
    assert len(lines(tmp_path, "steps.csv")) == 1 + steps
    assert len(lines(tmp_path, "layers.csv")) == 1 + steps // 2
    assert len(lines(tmp_path, "histograms.jsonl")) == epochs
    kinds = [json.loads(line)["kind"] for line in lines(tmp_path, "events.jsonl")]
    assert (kinds.count("best"), kinds.count("note")) == (epochs, 3)  # what somebody said is kept
    for name, content in before.items():
        assert name == "events.jsonl" or content.startswith((tmp_path / name).read_bytes())


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
