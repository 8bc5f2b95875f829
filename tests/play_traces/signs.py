"""Signs of trainings that go wrong."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pellucid.playground.signs import SignWatch
from play_traces.states import REGRESSION_DATA, changed, layers, make_training
from playing import train_until


def sign_states() -> Iterator[tuple[str, dict[str, Any], dict[str, Any], int]]:
    """Changes of data and network, and the epochs after which something is wrong (or nothing)."""
    whole = {"batch_size": 40}
    yield "nothing", {}, {}, 3
    yield "divergence", REGRESSION_DATA, {"learning_rate": 100.0, "layers": layers("identity"), "seed": 2}, 5
    yield "symmetric units", {}, {"initializer": "zeros", **whole}, 60
    yield "saturated units", {}, {"initializer": "large", "features": ["x1", "x2", "x1^2", "x2^2"]}, 0
    yield "fading gradients", {}, {"layers": layers("sigmoid") * 3, **whole}, 60
    large = {"layers": layers("relu") * 2, "initializer": "large"}
    yield "exploding gradients and dead units", REGRESSION_DATA, large, 0
    yield "oscillation", REGRESSION_DATA, {"layers": [], "learning_rate": 0.22, **whole}, 12
    divided = {"optimizer": "rmsprop", "layers": [], **whole}
    yield "oscillation of rmsprop", {"problem": "regression", "name": "hills"}, divided, 15
    large = {"layers": [{"units": 12, "activation": "tanh"}] * 2, "optimizer": "adam", "learning_rate": 0.03}
    yield "overfitting", {"name": "xor", "noise": 60}, large, 120


def trace_signs(data: dict[str, Any], network: dict[str, Any], epochs: int) -> dict[str, Any]:
    """What is seen after so many epochs."""
    states = changed(data, network)
    training = train_until(make_training(states), epochs)
    return {
        **states,
        "epochs": epochs,
        "signs": SignWatch(training).signs(False),
    }
