"""The points of states of data."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pellucid.playground.data.data_sets import CLASSIFICATION, REGRESSION
from pellucid.playground.data.play_data import make_data
from pellucid.playground.state import DataState
from play_traces.states import OWN


def data_states() -> Iterator[tuple[str, dict[str, Any]]]:
    """States of data by what they show: each data set with noise, and each way to change one."""
    for name in CLASSIFICATION:
        yield name, {"name": name, "count": 13, "noise": 20, "seed": 3}
    for name in REGRESSION:
        yield name, {"problem": "regression", "name": name, "count": 13, "noise": 20, "seed": 3}
    yield "as usual", {}
    yield "three classes", {"name": "blobs", "classes": 3, "count": 14}
    yield "distorted", {"name": "gauss", "count": 14, "stretch": 20, "tilt": 0.9, "train_share": 70}
    yield "components", {"name": "gauss", "count": 14, "stretch": 3, "tilt": 0.5, "axes": (-1, -1)}
    own = {"name": "own", "columns": ["a", "b", "c"], "points": OWN, "classes": 3}
    yield "own", {**own, "axes": (0, 2)}
    yield "own components", {**own, "axes": (-1, -1)}


def trace_data(state: dict[str, Any]) -> dict[str, Any]:
    """The points of a state, at most 20, and the sums of all."""
    data = make_data(DataState.model_validate(state))
    return {
        "state": state,
        "x": data.x[:20].ravel().tolist(),
        "y": data.y[:20].tolist(),
        "test": data.test[:20].astype(int).tolist(),
        "shown": data.shown[:20].ravel().tolist(),
        "sums": [float(abs(data.x).sum()), float(abs(data.y).sum()), int(data.test.sum()), len(data.y)],
        "domain": data.domain,
        "classes": data.classes,
    }
