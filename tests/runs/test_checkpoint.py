"""The weights and the checkpoint of a run: exact, and refused where they cannot be its own."""

from __future__ import annotations

import json

import numpy as np
import pytest

from pellucid import Chain, Dense, RunError, SoftmaxCrossEntropy, Tanh, fit, load_run
from pellucid.runs.checkpoint import read_checkpoint, read_weights, write_checkpoint, write_weights
from pellucid.train.batch import Weights
from pellucid.train.snapshot import Snapshot
from pellucid.trees import flatten
from pellucid.weights import load_arrays, load_metadata, save_arrays

NET = Chain(Dense(5), Tanh(), Dense(2))


def data(n=40):
    x = np.random.default_rng(0).normal(size=(n, 3)).astype(np.float32)
    return x, (x[:, 0] > 0).astype(int)


def weights(scale):
    slots = {"m": {"dense_1": {"W": scale * np.ones((3, 5), np.float32)}}}
    params = {"dense_1": {"W": scale * np.arange(15, dtype=np.float32).reshape(3, 5)}}
    return Weights(params, {"dense_1": {}}, slots)


@pytest.mark.parametrize("best", [None, weights(2.0)])
def test_a_snapshot_is_read_back_as_it_was(tmp_path, best):
    written = Snapshot(weights(1.0), 7, 35, best, 4, None if best is None else 0.25)
    write_checkpoint(tmp_path, written)
    found = read_checkpoint(tmp_path, weights(0.0))
    for name in ("epoch", "steps", "best_epoch", "best_value"):
        assert getattr(found, name) == getattr(written, name)
    for there, back in ((written.weights, found.weights), (best, found.best)):
        assert (there is None) == (back is None)
        if there is not None:
            for path, leaf in flatten(there._asdict()).items():
                assert (flatten(back._asdict())[path] == leaf).all()


def test_the_weights_to_use_are_read_back_as_they_were(tmp_path):
    there = weights(3.0)
    write_weights(tmp_path, there)
    params, state = read_weights(tmp_path, weights(0.0).params, {"dense_1": {}})
    assert (params["dense_1"]["W"] == there.params["dense_1"]["W"]).all()
    assert state == {"dense_1": {}}


@pytest.mark.parametrize("counts", [{}, [1], None])
def test_a_file_without_counts_is_no_checkpoint(tmp_path, counts):
    write_checkpoint(tmp_path, Snapshot(weights(1.0)))
    path = tmp_path / "checkpoint.safetensors"
    save_arrays(path, load_arrays(path), {"counts": json.dumps(counts)})
    with pytest.raises(RunError, match="is not a checkpoint of pellucid"):
        read_checkpoint(tmp_path, weights(0.0))


def test_weights_that_are_not_numbers_are_refused(tmp_path):
    trained = fit(NET, SoftmaxCrossEntropy(), data(), epochs=1, run=tmp_path / "run")
    for bad, message in ((np.nan, "NaN or infinity"), (np.inf, "NaN or infinity"), (None, "dtype int32")):
        tree = {"params": {**trained.params, "dense_1": dict(trained.params["dense_1"])}, "state": trained.state}
        b = tree["params"]["dense_1"]["b"]
        tree["params"]["dense_1"]["b"] = b.astype(np.int32) if bad is None else np.full_like(b, bad)
        save_arrays(tmp_path / "run" / "weights.safetensors", tree)
        with pytest.raises(RunError, match=message):
            load_run(tmp_path / "run")


@pytest.mark.parametrize(
    "change",
    [
        {"epoch": -1},
        {"epoch": 1.5},
        {"epoch": None},
        {"steps": "x"},
        {"best_epoch": 9},
        {"best_value": [1]},
        {"epoch": True},
    ],
)
def test_counts_that_cannot_be_are_refused(tmp_path, change):
    fit(NET, SoftmaxCrossEntropy(), data(), epochs=2, run=tmp_path / "run")
    path = tmp_path / "run" / "checkpoint.safetensors"
    counts = {**load_metadata(path, "counts"), **change}
    save_arrays(path, load_arrays(path), {"counts": json.dumps(counts)})
    with pytest.raises(RunError, match="counts that cannot be"):
        fit(NET, SoftmaxCrossEntropy(), data(), epochs=3, run=tmp_path / "run", resume=True)


def test_weights_of_another_network_are_refused(tmp_path):
    fit(NET, SoftmaxCrossEntropy(), data(), epochs=1, run=tmp_path / "run")
    fit(Chain(Dense(7), Tanh(), Dense(2)), SoftmaxCrossEntropy(), data(), epochs=1, run=tmp_path / "other")
    weights = (tmp_path / "other" / "weights.safetensors").read_bytes()
    (tmp_path / "run" / "weights.safetensors").write_bytes(weights)
    with pytest.raises(RunError, match=r"dense_1/W has shape \(3, 7\), the network needs \(3, 5\)"):
        load_run(tmp_path / "run")


def test_going_on_with_another_network_is_refused(tmp_path):
    fit(NET, SoftmaxCrossEntropy(), data(), epochs=1, run=tmp_path / "run")
    with pytest.raises(RunError, match="another network"):
        fit(Chain(Dense(7), Tanh(), Dense(2)), SoftmaxCrossEntropy(), data(), run=tmp_path / "run", resume=True)
