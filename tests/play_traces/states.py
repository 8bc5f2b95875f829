"""What traces begin with: data and networks, given by what they change of what is usual here."""

from __future__ import annotations

from typing import Any

from pellucid.playground.data.play_data import make_data
from pellucid.playground.network import make_network
from pellucid.playground.state import DataState, NetworkState
from pellucid.playground.training import Training

OWN = [
    {"x": [0.5, -1.0, 3.0], "y": 0.0},
    {"x": [1.5, 2.0, -7.25], "y": 1.0},
    {"x": [-0.5, 0.125, 11.0], "y": 2.0},
    {"x": [2.0, 1.0, 4.5], "y": 1.0},
    {"x": [-2.5, 0.75, 1.0], "y": 0.0, "test": True},
]
"""Points of one's own with three columns and three classes."""

SMALL = {"count": 44, "noise": 10, "seed": 5}
"""Data that traces of training are made with: 22 points train, so that of batches of 8 the last has 6."""

REGRESSION_DATA = {"problem": "regression", "name": "plane"}


def layers(activation: str) -> list[dict[str, Any]]:
    """Two small hidden layers."""
    return [{"units": 3, "activation": activation}, {"units": 2, "activation": activation}]


def changed(data: dict[str, Any], network: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The states of data and network with these changes of ``SMALL`` data and of a network with batches of 8."""
    return {
        "data": data if data.get("name") == "own" else SMALL | data,
        "network": {"batch_size": 8, "learning_rate": 0.1} | network,
    }


def make_training(states: dict[str, dict[str, Any]]) -> Training:
    """A training that begins, of what ``changed`` gives."""
    made = make_data(DataState.model_validate(states["data"]))
    return Training(make_network(NetworkState.model_validate(states["network"]), made))
