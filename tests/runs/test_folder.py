"""``RunFolder``: written as training goes, and gone on with."""

from __future__ import annotations

import json

import numpy as np
import pytest

from pellucid import (
    Chain,
    ConfigError,
    Dense,
    EarlyStopping,
    EpochDone,
    GradientDescent,
    HalfSquaredError,
    NonFiniteError,
    PiecewiseConstant,
    SoftmaxCrossEntropy,
    StepsDone,
    Tanh,
    fit,
    load_run,
)
from pellucid.trees import flatten

NET = Chain(Dense(5), Tanh(), Dense(2))


def data(n=40):
    x = np.random.default_rng(0).normal(size=(n, 3)).astype(np.float32)
    return x, (x[:, 0] > 0).astype(int)


def test_what_is_read_back_predicts_the_same(tmp_path):
    trained = fit(NET, SoftmaxCrossEntropy(), data(), epochs=3, run=tmp_path / "run")
    again = load_run(tmp_path / "run").trained
    assert again.model == NET
    assert again.loss == SoftmaxCrossEntropy()
    assert (again.predict(data()[0]) == trained.predict(data()[0])).all()
    assert again.history.epochs == trained.history.epochs
    description = json.loads((tmp_path / "run" / "run.json").read_text())
    assert description["status"] == "all epochs done"
    assert description["optimizer"]["type"] == "Adam"
    lines = (tmp_path / "run" / "steps.csv").read_text().splitlines()
    assert lines[0] == "step,learning_rate,loss,accuracy"
    assert [int(line.split(",")[0]) for line in lines[1:]] == list(range(1, 7))


def stop_after(epoch):
    def listen(event):
        if isinstance(event, EpochDone) and event.epoch == epoch:
            raise KeyboardInterrupt

    return listen


@pytest.mark.parametrize("engine", ["numpy", "jax"])
@pytest.mark.parametrize("early_stopping", [None, EarlyStopping(patience=3)])
def test_going_on_ends_where_an_unbroken_run_ends(tmp_path, engine, early_stopping):
    how = {"epochs": 8, "validation": 0.25, "engine": engine, "early_stopping": early_stopping, "batch_size": 8}
    whole = fit(NET, SoftmaxCrossEntropy(), data(), **how, run=tmp_path / "whole")
    fit(NET, SoftmaxCrossEntropy(), data(), **how, run=tmp_path / "run", listeners=[stop_after(3)])
    assert load_run(tmp_path / "run").trained.params["dense_1"]["W"].shape == (3, 5)
    gone_on = fit(NET, SoftmaxCrossEntropy(), data(), **how, run=tmp_path / "run", resume=True)
    assert gone_on.best_epoch == whole.best_epoch
    for path, leaf in flatten(whole.params).items():
        assert (flatten(gone_on.params)[path] == leaf).all()
    assert [e["train"] for e in gone_on.history.epochs] == [e["train"] for e in whole.history.epochs]
    for name in ("metrics.jsonl", "steps.csv"):
        ours = (tmp_path / "run" / name).read_text().splitlines()
        theirs = (tmp_path / "whole" / name).read_text().splitlines()
        assert len(ours) == len(theirs)


def stop_at_once(event):
    if isinstance(event, StepsDone):
        raise KeyboardInterrupt


def test_a_run_broken_off_in_its_first_epoch_can_go_on(tmp_path):
    fit(NET, SoftmaxCrossEntropy(), data(), epochs=3, run=tmp_path / "run", listeners=[stop_at_once])
    assert load_run(tmp_path / "run").history.epochs == []
    gone_on = fit(NET, SoftmaxCrossEntropy(), data(), epochs=3, run=tmp_path / "run", resume=True)
    whole = fit(NET, SoftmaxCrossEntropy(), data(), epochs=3)
    assert (gone_on.params["dense_1"]["W"] == whole.params["dense_1"]["W"]).all()


def test_divergence_keeps_the_last_good_weights(tmp_path):
    x, y = data()
    target = np.eye(2, dtype=np.float32)[y]
    with pytest.raises(NonFiniteError) as caught:
        fit(NET, HalfSquaredError(), (x, target), optimizer=GradientDescent(1e20), epochs=9, run=tmp_path / "run")
    kept = load_run(tmp_path / "run").trained.params["dense_2"]["W"]
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
    kept = load_run(tmp_path / "run").trained.params
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


def test_nothing_left_to_train_is_said(tmp_path):
    fit(NET, SoftmaxCrossEntropy(), data(), epochs=2, run=tmp_path / "run")
    again = fit(NET, SoftmaxCrossEntropy(), data(), epochs=2, run=tmp_path / "run", resume=True)
    assert again.stopped == "nothing left to train: all epochs done"


def test_a_run_can_be_lengthened(tmp_path):
    fit(NET, SoftmaxCrossEntropy(), data(), epochs=2, run=tmp_path / "run")
    longer = fit(NET, SoftmaxCrossEntropy(), data(), epochs=5, run=tmp_path / "run", resume=True)
    assert [e["epoch"] for e in longer.history.epochs] == [1, 2, 3, 4, 5]
