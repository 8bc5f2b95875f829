"""States of the playground with the numbers that the Python engine works out for them, for the engine in TypeScript.

``scripts/play_traces`` stores them beside the tests of the page; ``tests/playground/test_traces.py`` holds what is stored to
what Python gives now, ``frontend/tests/play/engine`` the other engine to what is stored.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pellucid.playground.data.data_sets import CLASSIFICATION, REGRESSION
from pellucid.playground.data.play_data import make_data
from pellucid.playground.state import DataState, PlayState

STORED = Path(__file__).parent.parent / "frontend" / "tests" / "play" / "traces.json"

OWN = [
    {"x": [0.5, -1.0, 3.0], "y": 0.0},
    {"x": [1.5, 2.0, -7.25], "y": 1.0},
    {"x": [-0.5, 0.125, 11.0], "y": 2.0},
    {"x": [2.0, 1.0, 4.5], "y": 1.0},
    {"x": [-2.5, 0.75, 1.0], "y": 0.0, "test": True},
]
"""Points of one's own with three columns and three classes."""


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


def trace_data(state: DataState) -> dict[str, Any]:
    """The points of a state, at most 20, and the sums of all."""
    data = make_data(state)
    return {
        "state": state.model_dump(mode="json", exclude_defaults=True),
        "x": data.x[:20].ravel().tolist(),
        "y": data.y[:20].tolist(),
        "test": data.test[:20].astype(int).tolist(),
        "shown": data.shown[:20].ravel().tolist(),
        "sums": [float(abs(data.x).sum()), float(abs(data.y).sum()), int(data.test.sum()), len(data.y)],
        "domain": data.domain,
        "classes": data.classes,
    }


def all_traces() -> dict[str, Any]:
    """Every trace, as it is stored."""
    traces = {
        "start": PlayState().model_dump(mode="json"),
        "data": {name: trace_data(DataState.model_validate(state)) for name, state in data_states()},
    }
    return json.loads(json.dumps(traces))
