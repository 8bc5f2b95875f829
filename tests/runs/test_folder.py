"""The run folder: written as training goes, read back, gone on with, and refused when it is not one."""

from __future__ import annotations

import json
import subprocess
import sys

import numpy as np
import pytest

from pellucid import (
    Chain,
    ConfigError,
    Dense,
    EarlyStopping,
    GradientDescent,
    HalfSquaredError,
    Hinge,
    Listener,
    NonFiniteError,
    PiecewiseConstant,
    RunError,
    SoftmaxCrossEntropy,
    Tanh,
    fit,
    load_run,
)
from pellucid.trees import flatten
from pellucid.weights import load_arrays, load_metadata, save_arrays

NET = Chain(Dense(5), Tanh(), Dense(2))


def data(n=40):
    x = np.random.default_rng(0).normal(size=(n, 3)).astype(np.float32)
    return x, (x[:, 0] > 0).astype(int)


def test_what_is_read_back_predicts_the_same(tmp_path):
    trained = fit(NET, SoftmaxCrossEntropy(), data(), epochs=3, run=tmp_path / "run")
    again = load_run(tmp_path / "run")
    assert again.model == NET
    assert again.loss == SoftmaxCrossEntropy()
    assert (again.predict(data()[0]) == trained.predict(data()[0])).all()
    assert again.history.epochs == trained.history.epochs
    description = json.loads((tmp_path / "run" / "run.json").read_text())
    assert description["status"] == "all epochs done"
    assert description["optimizer"]["type"] == "Adam"
    lines = (tmp_path / "run" / "steps.csv").read_text().splitlines()
    assert lines[0] == "step,learning_rate,loss"
    assert [int(line.split(",")[0]) for line in lines[1:]] == list(range(1, 7))


class StopAfter(Listener):
    def __init__(self, epoch):
        self.epoch = epoch

    def epoch_ended(self, record, steps, snapshot):
        if record["epoch"] == self.epoch:
            raise KeyboardInterrupt


@pytest.mark.parametrize("engine", ["numpy", "jax"])
@pytest.mark.parametrize("early_stopping", [None, EarlyStopping(patience=3)])
def test_going_on_ends_where_an_unbroken_run_ends(tmp_path, engine, early_stopping):
    how = {"epochs": 8, "validation": 0.25, "engine": engine, "early_stopping": early_stopping, "batch_size": 8}
    whole = fit(NET, SoftmaxCrossEntropy(), data(), **how, run=tmp_path / "whole")
    fit(NET, SoftmaxCrossEntropy(), data(), **how, run=tmp_path / "run", listeners=[StopAfter(3)])
    assert load_run(tmp_path / "run").params["dense_1"]["W"].shape == (3, 5)
    gone_on = fit(NET, SoftmaxCrossEntropy(), data(), **how, run=tmp_path / "run", resume=True)
    assert gone_on.best_epoch == whole.best_epoch
    for path, leaf in flatten(whole.params).items():
        assert (flatten(gone_on.params)[path] == leaf).all()
    assert [e["train"] for e in gone_on.history.epochs] == [e["train"] for e in whole.history.epochs]
    for name in ("metrics.jsonl", "steps.csv"):
        ours = (tmp_path / "run" / name).read_text().splitlines()
        theirs = (tmp_path / "whole" / name).read_text().splitlines()
        assert len(ours) == len(theirs)


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


class StopAtOnce(Listener):
    def stepped(self, epoch, step, seen):
        raise KeyboardInterrupt


def test_a_run_broken_off_in_its_first_epoch_can_go_on(tmp_path):
    fit(NET, SoftmaxCrossEntropy(), data(), epochs=3, run=tmp_path / "run", listeners=[StopAtOnce()])
    assert load_run(tmp_path / "run").history.epochs == []
    gone_on = fit(NET, SoftmaxCrossEntropy(), data(), epochs=3, run=tmp_path / "run", resume=True)
    whole = fit(NET, SoftmaxCrossEntropy(), data(), epochs=3)
    assert (gone_on.params["dense_1"]["W"] == whole.params["dense_1"]["W"]).all()


def test_divergence_keeps_the_last_good_weights(tmp_path):
    x, y = data()
    target = np.eye(2, dtype=np.float32)[y]
    with pytest.raises(NonFiniteError) as caught:
        fit(NET, HalfSquaredError(), (x, target), optimizer=GradientDescent(1e20), epochs=9, run=tmp_path / "run")
    kept = load_run(tmp_path / "run").params["dense_2"]["W"]
    assert np.isfinite(kept).all()
    assert (kept == caught.value.trained.params["dense_2"]["W"]).all()


def test_the_last_whole_epoch_is_what_divergence_leaves(tmp_path):
    """Rates: five epochs of 5 steps at 0.1, then 1e4: the weights of epoch 5 are kept, not the exploded ones."""
    x, y = data()
    target = np.eye(2, dtype=np.float32)[y]
    how = {"batch_size": 8, "engine": "numpy"}
    rate = PiecewiseConstant((27,), (0.1, 1e12))
    with pytest.raises(NonFiniteError):
        fit(
            NET, HalfSquaredError(), (x, target), optimizer=GradientDescent(rate), epochs=9, run=tmp_path / "run", **how
        )
    whole = fit(NET, HalfSquaredError(), (x, target), optimizer=GradientDescent(0.1), epochs=5, **how)
    kept = load_run(tmp_path / "run").params
    assert all((flatten(kept)[path] == leaf).all() for path, leaf in flatten(whole.params).items())
    gone_on = fit(
        NET,
        HalfSquaredError(),
        (x, target),
        optimizer=GradientDescent(0.1),
        epochs=6,
        run=tmp_path / "run",
        resume=True,
        **how,
    )
    assert [record["epoch"] for record in gone_on.history.epochs] == [1, 2, 3, 4, 5, 6]


def test_a_folder_that_holds_a_run_is_not_written_over(tmp_path):
    fit(NET, SoftmaxCrossEntropy(), data(), epochs=1, run=tmp_path / "run")
    before = {path.name: path.read_bytes() for path in (tmp_path / "run").iterdir()}
    with pytest.raises(ConfigError, match="holds a run already"):
        fit(NET, SoftmaxCrossEntropy(), data(), epochs=1, run=tmp_path / "run")
    assert {path.name: path.read_bytes() for path in (tmp_path / "run").iterdir()} == before


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


@pytest.mark.parametrize("dtype", ["O", "U5", "complex64", "int8", 3])
def test_a_run_of_another_dtype_is_refused(tmp_path, dtype):
    fit(NET, SoftmaxCrossEntropy(), data(), epochs=1, run=tmp_path / "run")
    path = tmp_path / "run" / "run.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), "dtype": dtype}))
    with pytest.raises(RunError, match="does not describe a network"):
        load_run(tmp_path / "run")


def test_a_run_is_read_in_a_process_of_its_own(tmp_path):
    fit(NET, Hinge(), data(), epochs=1, run=tmp_path / "run")
    code = f"from pellucid.runs import load_run; print(load_run({str(tmp_path / 'run')!r}).loss)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ("Hinge()\n", "")


def test_nothing_left_to_train_is_said(tmp_path):
    fit(NET, SoftmaxCrossEntropy(), data(), epochs=2, run=tmp_path / "run")
    again = fit(NET, SoftmaxCrossEntropy(), data(), epochs=2, run=tmp_path / "run", resume=True)
    assert again.stopped == "nothing left to train: all epochs done"


def test_a_run_can_be_lengthened(tmp_path):
    fit(NET, SoftmaxCrossEntropy(), data(), epochs=2, run=tmp_path / "run")
    longer = fit(NET, SoftmaxCrossEntropy(), data(), epochs=5, run=tmp_path / "run", resume=True)
    assert [e["epoch"] for e in longer.history.epochs] == [1, 2, 3, 4, 5]


def broken_runs():
    def no_folder(run):
        for file in run.iterdir():
            file.unlink()
        run.rmdir()

    yield "no run folder", no_folder
    yield "no run.json", lambda run: (run / "run.json").unlink()
    yield "cannot be read", lambda run: (run / "run.json").write_text("{")
    yield "not written by pellucid", lambda run: (run / "run.json").write_text("[1]")
    yield "layout 99", lambda run: (run / "run.json").write_text('{"pellucid_run": 99}')
    yield "does not describe", lambda run: (run / "run.json").write_text('{"pellucid_run": 1}')
    yield "no weights", lambda run: (run / "weights.safetensors").unlink()
    yield "not a readable safetensors", lambda run: (run / "weights.safetensors").write_bytes(b"\x00" * 100)


@pytest.mark.parametrize(("message", "damage"), list(broken_runs()))
def test_damage_is_named(tmp_path, message, damage):
    fit(NET, SoftmaxCrossEntropy(), data(), epochs=1, run=tmp_path / "run")
    damage(tmp_path / "run")
    with pytest.raises(RunError, match=message):
        load_run(tmp_path / "run")


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
