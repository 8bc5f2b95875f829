"""The history of a training by the names of its columns."""

from __future__ import annotations

import numpy as np
import pytest

from pellucid import Chain, Dense, MeanSquaredError, UnknownNameError, fit
from pellucid.train import History

X = np.linspace(-1, 1, 20)[:, None]


def test_columns_by_the_names_of_keras():
    history = fit(Chain(Dense(1)), MeanSquaredError(), (X, 2 * X), validation=0.2, epochs=3).history
    assert history["loss"] == history.column("train", "loss")
    assert history["val_r2"] == history.column("validation", "r2")
    assert dict(history).keys() == {"loss", "val_loss", "val_r2", "learning_rate"}
    assert all(len(column) == 3 for column in dict(history).values())
    assert "val_loss" in history


def test_without_validation_there_is_no_column_of_it():
    history = fit(Chain(Dense(1)), MeanSquaredError(), (X, 2 * X), epochs=2).history
    assert list(history) == ["loss", "learning_rate"]
    with pytest.raises(UnknownNameError, match="unknown column of the history 'val_loss': did you mean loss"):
        history["val_loss"]


def test_a_history_of_nothing():
    assert list(History()) == []
    with pytest.raises(UnknownNameError, match="no epoch is done"):
        History()["loss"]
