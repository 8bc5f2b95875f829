"""A hundred steps of training, for each choice that a state has."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_args

from pellucid.playground.measure import penalty_of
from pellucid.playground.state import (
    Activation,
    Initializer,
    NetworkState,
    Optimizer,
    Penalty,
    Preparation,
    Schedule,
)
from pellucid.trees import flatten
from play_traces.states import OWN, REGRESSION_DATA, changed, layers, make_training


def training_states() -> Iterator[tuple[str, dict[str, Any], dict[str, Any]]]:
    """Changes of data and network by what they show: each choice that the state has."""
    yield "as usual", {}, {}
    for activation in get_args(Activation):
        yield f"activation {activation}", {}, {"layers": layers(activation)}
    for loss in get_args(NetworkState.model_fields["loss"].annotation):
        yield f"loss {loss}", {}, {"loss": loss}
        yield f"loss {loss} of three classes", {"name": "blobs", "classes": 3}, {"loss": loss}
        yield f"loss {loss} of amounts", {"problem": "regression", "name": "hills"}, {"loss": loss}
    for optimizer in get_args(Optimizer):
        yield f"optimizer {optimizer}", {}, {"optimizer": optimizer, "momentum": 0.7, "learning_rate": 0.01}
    for schedule in get_args(Schedule):
        yield f"schedule {schedule}", {}, {"schedule": schedule, "schedule_epochs": 7}
    for initializer in get_args(Initializer):
        yield f"initializer {initializer}", {}, {"initializer": initializer, "learning_rate": 0.01}
    for preparation in get_args(Preparation):
        features = ["x1", "x2", "x1^2", "x2^2", "x1x2", "sin(x1)", "sin(x2)"]
        data = {"name": "gauss", "stretch": 10, "tilt": 0.8}
        yield (
            f"preparation {preparation}",
            data,
            {"preparation": preparation, "features": features, "learning_rate": 0.001},
        )
    for penalty in get_args(Penalty):
        yield f"penalty {penalty}", {}, {"penalty": penalty, "penalty_rate": 0.05}
    for initializer in ("orthogonal", "uniform"):
        maxout = {"layers": [{"units": 5, "activation": "maxout"}], "learning_rate": 0.01}
        yield f"initializer {initializer} of maxout", {}, {"initializer": initializer, **maxout}
    yield "dropout", {}, {"dropout": 0.3, "layers": layers("relu")}
    yield "input noise", {}, {"input_noise": 0.2}
    yield "weight noise", {}, {"weight_noise": 0.1}
    yield "all noise", {}, {"dropout": 0.2, "input_noise": 0.1, "weight_noise": 0.05, "layers": layers("maxout")}
    yield "clipping", {}, {"clip_norm": 0.1, "learning_rate": 0.3}
    yield "early stopping", {"noise": 50}, {"patience": 3, "optimizer": "adam", "learning_rate": 0.3}
    yield "no hidden layer", {}, {"layers": []}
    yield "divergence", {}, {"loss": "squared", "learning_rate": 1000.0, "layers": layers("relu")}
    yield "divergence of amounts", REGRESSION_DATA, {"learning_rate": 100.0, "layers": layers("identity"), "seed": 2}
    yield "own", {"name": "own", "columns": ["a", "b", "c"], "points": OWN, "classes": 3, "axes": (0, 1)}, {}


def trace_training(data: dict[str, Any], network: dict[str, Any], steps: int = 100) -> dict[str, Any]:
    """First weights, weights and losses after so many steps, and what is said of them."""
    states = changed(data, network)
    training = make_training(states)
    first = flat(training.progress.weights.params)
    while training.progress.step < steps and training.can_go_on:
        training.advance(steps - training.progress.step)
    now, found = training.progress, training.measured
    return {
        **states,
        "paths": list(flatten(now.weights.params)),
        "first": first,
        "weights": flat(now.weights.params),
        "slots": flat(now.weights.slots),
        "gradients": [number for array in training.gradients().values() for number in array.ravel().tolist()],
        "loss": [found.loss.train, found.loss.test],
        "accuracy": None if found.accuracy is None else [found.accuracy.train, found.accuracy.test],
        "penalty": penalty_of(training.network, now.weights),
        "learning_rate": training.learning_rate(),
        "at": [now.epoch, now.done, now.step],
        "status": training.status,
        "note": training.note,
    }


def flat(tree: Any) -> list[float]:
    return [number for array in flatten(tree).values() for number in array.ravel().tolist()]
