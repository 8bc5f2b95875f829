"""The progress bar where there is no terminal: a line at times, with loss, accuracy, validation and speed."""

from __future__ import annotations

import numpy as np
import pytest

from pellucid import ChangeRefused, Ended, EpochDone, Noted, RateChanged, Started, StepsDone
from pellucid.train import progress
from pellucid.train.batch import Weights
from pellucid.train.progress import ProgressBar
from pellucid.train.snapshot import Snapshot

SNAPSHOT = Snapshot(Weights({}, {}, {}))
STARTED = Started(0, 0, 2, 10, 4, "numpy", SNAPSHOT)


def steps(step, done, numbers, sizes):
    return StepsDone(1 + (step > 3), step, numbers, np.array(sizes), done, {})


@pytest.fixture
def bar(monkeypatch):
    monkeypatch.setattr(progress, "SECONDS_BETWEEN_LINES", -1.0)
    bar = ProgressBar()
    bar(STARTED)
    return bar


def test_a_line_has_loss_accuracy_and_speed(bar, capsys):
    bar(steps(2, 8, {"loss": np.array([0.5, 0.25]), "correct": np.array([4.0, 2.0])}, [4, 4]))
    bar(Ended(2, 6, "all epochs done"))
    line = capsys.readouterr().err
    assert line.startswith("epoch 1/2  loss 0.375  acc 0.750  ")
    assert line.rstrip().endswith("/s")


def test_the_last_batch_counts_its_own_examples(bar, capsys):
    bar(steps(3, 10, {"loss": np.array([1.0]), "correct": np.array([1.0])}, [2]))
    assert "acc 0.500" in capsys.readouterr().err  # 2 of 10 examples are left


def test_validation_is_told_from_the_next_epoch_on(bar, capsys):
    bar(EpochDone(1, 3, {"epoch": 1, "validation": {"loss": 0.1, "accuracy": 0.9}}, SNAPSHOT))
    bar(steps(4, 4, {"loss": np.array([1.0])}, [4]))
    assert "val acc 0.9000" in capsys.readouterr().err


def test_changes_have_a_line_each(bar, capsys):
    bar(RateChanged(1, 5, 0.001, 0.0003, "asked"))
    bar(Noted(1, 5, "slower [red]from\nhere\x1b[2J"))
    bar(ChangeRefused(2, 6, "epochs 9 was planned after step 8, training is over"))
    assert capsys.readouterr().err.splitlines() == [
        "after step 5: learning rate 0.001 -> 0.0003 (asked)",
        "after step 5: note: slower [red]from here\ufffd[2J",
        "after step 6: refused: epochs 9 was planned after step 8, training is over",
    ]


def test_lines_are_not_too_many(capsys):
    bar = ProgressBar()
    bar(STARTED)
    bar(steps(1, 4, {"loss": np.array([1.0])}, [4]))
    assert capsys.readouterr().err == ""
