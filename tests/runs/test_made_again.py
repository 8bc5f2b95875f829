"""A run that failed after a change of its rate says so when it goes on, and how to leave the change out."""

from __future__ import annotations

import json

import numpy as np
import pytest

from pellucid import Change, Dense, GradientDescent, HalfSquaredError, NonFiniteError, fit
from pellucid.runs.made_again import rates_that_failed


def test_a_rate_that_training_failed_after_is_named_until_its_line_is_gone(tmp_path):
    x = np.random.default_rng(0).normal(size=(20, 3)).astype(np.float32)
    path = tmp_path / "run"
    how = {"optimizer": GradientDescent(0.05), "batch_size": 1, "engine": "numpy", "run": path}
    train = Dense(3), HalfSquaredError(), (x, x)
    changes = [Change("learning_rate", 0.04, step=2), Change("learning_rate", 1e4, step=42)]
    with pytest.raises(NonFiniteError):
        fit(*train, epochs=5, changes=changes, **how)
    (line,) = rates_that_failed(path)
    assert line.startswith("the learning rate 10000.0 is set again after step 42, and training failed after it: ")
    with pytest.raises(NonFiniteError):
        fit(*train, epochs=5, resume=True, **how)
    events = path / "events.jsonl"
    assert str(events) in line
    kept = [one for one in events.read_text().splitlines() if json.loads(one).get("after") != 1e4]
    events.write_text("\n".join(kept) + "\n")
    assert not list(rates_that_failed(path))
    assert fit(*train, epochs=5, resume=True, **how).history.epochs[-1]["epoch"] == 5
    assert not list(rates_that_failed(path))
