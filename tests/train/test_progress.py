"""The progress bar where there is no terminal: a line at times, with loss, accuracy, validation and speed."""

from __future__ import annotations

import numpy as np
import pytest

from pellucid.train import progress
from pellucid.train.batch import Weights
from pellucid.train.listener import Snapshot
from pellucid.train.progress import ProgressBar


@pytest.fixture
def bar(monkeypatch):
    monkeypatch.setattr(progress, "SECONDS_BETWEEN_LINES", -1.0)
    bar = ProgressBar()
    bar.started(2, 10, 4, "numpy", Snapshot(Weights({}, {}, {})))
    return bar


def test_a_line_has_loss_accuracy_and_speed(bar, capsys):
    bar.stepped(1, 2, {"loss": np.array([0.5, 0.25]), "correct": np.array([4.0, 2.0])})
    bar.ended("all epochs done")
    line = capsys.readouterr().err
    assert line.startswith("epoch 1/2  loss 0.375  acc 0.750  ")
    assert line.rstrip().endswith("/s")


def test_the_last_batch_counts_its_own_examples(bar, capsys):
    bar.stepped(1, 3, {"loss": np.array([1.0]), "correct": np.array([1.0])})
    assert "acc 0.500" in capsys.readouterr().err  # 2 of 10 examples are left


def test_validation_is_told_from_the_next_epoch_on(bar, capsys):
    bar.epoch_ended({"epoch": 1, "validation": {"loss": 0.1, "accuracy": 0.9}}, {}, Snapshot(Weights({}, {}, {})))
    bar.stepped(2, 1, {"loss": np.array([1.0])})
    assert "val 0.9000" in capsys.readouterr().err


def test_lines_are_not_too_many(capsys):
    bar = ProgressBar()
    bar.started(2, 10, 4, "numpy", Snapshot(Weights({}, {}, {})))
    bar.stepped(1, 1, {"loss": np.array([1.0])})
    assert capsys.readouterr().err == ""
