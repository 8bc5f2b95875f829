"""What came out of a training: how good the network is on each part, beside what it must beat."""

from __future__ import annotations

from typing import Any

import numpy as np

from pellucid.blocks import TiedAutoencoder
from pellucid.combinators import record
from pellucid.data import Dataset, Split
from pellucid.layers import Dense
from pellucid.report import baselines, forecast_errors, series_baselines
from pellucid.train import Trained
from pellucid.train.metrics import measure
from pellucid.trees import leaves

PARTS = ("train", "validation", "test")


def measure_parts(trained: Trained, dataset: Dataset) -> dict[str, dict[str, float]]:
    """The numbers of each part of the data: loss, and accuracy, R^2 and rmse, or errors of forecasts."""
    return {part: _measured(trained, dataset, getattr(dataset, part)) for part in PARTS}


def fit_baselines(trained: Trained, dataset: Dataset, seed: int) -> dict[str, dict[str, Any]]:
    """What a network must beat to be worth its while: linear models; for a code principal components of its size."""
    if dataset.task == "forecasting":
        return series_baselines(dataset.train, dataset.test, seed)
    size = _narrowest(trained, dataset.train.x[:1]) if dataset.task == "reconstruction" else dataset.outputs
    train, test = (Split(dataset.preprocessing.plain(part.x), part.y) for part in (dataset.train, dataset.test))
    return baselines(dataset.task, train, test, size, seed)


def _measured(trained: Trained, dataset: Dataset, part: Split) -> dict[str, float]:
    outputs, target = trained.outputs(part.x), dataset.preprocessing.target
    # The data says which task this is: inputs to reconstruct may look like classes, rows of zeros with a single one.
    measured = measure(trained.loss, outputs, part.y, target.task == "classification")
    if target.task == "forecasting":
        return {"loss": measured["loss"], **forecast_errors(trained.loss.predict(outputs), part.y)}
    if target.task == "regression":
        error = target.decode(trained.loss.predict(outputs)) - target.decode(part.y)
        measured["rmse"] = float(np.sqrt((error**2).mean()))
    return measured


def _narrowest(trained: Trained, x: np.ndarray) -> int:
    """How many numbers the smallest layer puts out: for an autoencoder, the size of its code."""
    if isinstance(trained.model, TiedAutoencoder):
        return min(layer.units for layer in trained.model.encoder.layers if isinstance(layer, Dense))
    taps = record(trained.model, trained.params, trained.state, x).values()
    return min(sum(int(leaf[0].size) for leaf in leaves(tap["y"])) for tap in taps)
