"""Presets as the page has them: their states, and the conditions that they claim."""

from __future__ import annotations

import json
import operator
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from pellucid.playground.data.play_data import make_data
from pellucid.playground.network import make_network
from pellucid.playground.snapshot import restored
from pellucid.playground.state import PlayState
from pellucid.playground.training import Training
from pellucid.trees import flatten
from playing import train_until

FOLDER = Path(__file__).parents[2] / "src" / "pellucid" / "playground" / "presets"
RELATIONS = {">=": operator.ge, "<=": operator.le, "=": operator.eq}


def read_presets() -> list[dict[str, Any]]:
    presets = (json.loads(path.read_text(encoding="utf-8")) for path in FOLDER.glob("*.json"))
    return sorted(presets, key=lambda preset: preset["order"])


def make_state(partial: dict[str, Any], change: dict[str, Any] | None = None) -> PlayState:
    networks = [{**network, **(change or {})} for network in partial.get("networks", [{}])]
    return PlayState.model_validate_json(json.dumps({**partial, "networks": networks}))


def train(state: PlayState, epochs: int, weights: dict[str, Any] | None = None) -> Training:
    return _train(state.model_dump_json(), epochs, json.dumps(weights))


@cache
def _train(described: str, epochs: int, given: str) -> Training:
    """Several remedies come to the same training."""
    state, weights = PlayState.model_validate_json(described), json.loads(given)
    training = Training(make_network(state.networks[0], make_data(state.data)))
    if weights:
        training.restore(restored(training.network, {"epoch": 0, "step": 0, "params": weights, "slots": {}}))
    return train_until(training, epochs)


def measure(training: Training) -> dict[str, Any]:
    """What conditions speak of: those of a course, and some that only tests measure."""
    found = training.measured
    losses = np.array([row[2] for row in training.history.rows[-20:]])
    arrays = flatten(training.progress.weights.params)
    weights = [np.abs(array).max() for path, array in arrays.items() if path.endswith("W")]
    accuracy = found.accuracy
    return {
        "status": training.status,
        "loss.train": found.loss.train,
        "loss.test": found.loss.test,
        "gap": found.loss.test - found.loss.train,
        "accuracy.train": accuracy.train if accuracy else None,
        "accuracy.test": accuracy.test if accuracy else None,
        "swing": float(np.abs(np.diff(losses)).mean()) if len(losses) > 1 else 0.0,
        "largest_weight": float(max(weights)),
        "dead": dead_share(training),
    }


def dead_share(training: Training) -> float:
    """The share of hidden ReLUs that are 0 for every training example."""
    network, weights = training.network, training.progress.weights
    cache = network.recipe.model.forward(weights.params, weights.state, network.batch.x)[1]
    silent = [(part["y"] == 0).all(axis=0) for name, part in cache.items() if name.startswith("relu")]
    return float(np.concatenate(silent).mean()) if silent else 0.0


def holds(condition: str, measured: dict[str, Any]) -> bool:
    name, relation, value = condition.split()
    return RELATIONS[relation](measured[name], type(measured[name])(value))
