"""States of the playground with the numbers that the Python engine works out for them, for that in TypeScript.

``scripts/play_traces`` stores them beside the tests of the page; ``tests/playground/test_traces.py`` holds what is
stored to what Python gives now, ``frontend/tests/play/engine`` the other engine to what is stored.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

from pellucid.playground.data.data_sets import CLASSIFICATION, REGRESSION
from pellucid.playground.data.play_data import make_data
from pellucid.playground.measure import penalty_of
from pellucid.playground.network import make_network
from pellucid.playground.questions.answer import Answer
from pellucid.playground.questions.registry import QUESTIONS
from pellucid.playground.questions.scene import NetworkScene, Scene
from pellucid.playground.signs import SignWatch
from pellucid.playground.state import (
    Activation,
    DataState,
    Initializer,
    NetworkState,
    Optimizer,
    Penalty,
    PlayState,
    Preparation,
    Schedule,
)
from pellucid.playground.training import Training
from pellucid.trees import flatten

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


SMALL = {"count": 44, "noise": 10, "seed": 5}
"""Data that traces of training are made with: 22 points train, so that of batches of 8 the last has 6."""


def training_states() -> Iterator[tuple[str, dict[str, Any], dict[str, Any]]]:
    """Changes of data and network by what they show: each choice that the state has."""
    yield "as usual", {}, {}
    for activation in get_args(Activation):
        yield f"activation {activation}", {}, {"layers": _layers(activation)}
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
    yield "dropout", {}, {"dropout": 0.3, "layers": _layers("relu")}
    yield "input noise", {}, {"input_noise": 0.2}
    yield "weight noise", {}, {"weight_noise": 0.1}
    yield "all noise", {}, {"dropout": 0.2, "input_noise": 0.1, "weight_noise": 0.05, "layers": _layers("maxout")}
    yield "clipping", {}, {"clip_norm": 0.1, "learning_rate": 0.3}
    yield "early stopping", {"noise": 50}, {"patience": 3, "optimizer": "adam", "learning_rate": 0.3}
    yield "no hidden layer", {}, {"layers": []}
    yield "divergence", {}, {"loss": "squared", "learning_rate": 1000.0, "layers": _layers("relu")}
    yield "divergence of amounts", REGRESSION_DATA, {"learning_rate": 100.0, "layers": _layers("identity"), "seed": 2}
    yield "own", {"name": "own", "columns": ["a", "b", "c"], "points": OWN, "classes": 3, "axes": (0, 1)}, {}


REGRESSION_DATA = {"problem": "regression", "name": "plane"}


def _layers(activation: str) -> list[dict[str, Any]]:
    return [{"units": 3, "activation": activation}, {"units": 2, "activation": activation}]


def training_data(data: dict[str, Any]) -> dict[str, Any]:
    """The state of data with these changes of ``SMALL``."""
    return data if data.get("name") == "own" else SMALL | data


def make_training(data: dict[str, Any], network: dict[str, Any]) -> Training:
    """A training that begins, of these changes of ``SMALL`` data and of a network with batches of 8."""
    made = make_data(DataState.model_validate(training_data(data)))
    return Training(make_network(NetworkState.model_validate({"batch_size": 8, "learning_rate": 0.1} | network), made))


def trace_training(data: dict[str, Any], network: dict[str, Any], steps: int = 100) -> dict[str, Any]:
    """First weights, weights and losses after so many steps, and what is said of them."""
    training = make_training(data, network)
    first = _flat(training.progress.weights.params)
    while training.progress.step < steps and training.can_go_on:
        training.advance(steps - training.progress.step)
    now, found = training.progress, training.measured
    return {
        "data": training_data(data),
        "network": {"batch_size": 8, "learning_rate": 0.1} | network,
        "paths": list(flatten(now.weights.params)),
        "first": first,
        "weights": _flat(now.weights.params),
        "slots": _flat(now.weights.slots),
        "gradients": [number for array in training.gradients().values() for number in array.ravel().tolist()],
        "loss": [found.loss.train, found.loss.test],
        "accuracy": None if found.accuracy is None else [found.accuracy.train, found.accuracy.test],
        "penalty": penalty_of(training.network, now.weights),
        "learning_rate": training.learning_rate(),
        "at": [now.epoch, now.done, now.step],
        "status": training.status,
        "note": training.note,
    }


def question_states() -> Iterator[tuple[str, dict[str, Any], dict[str, Any], int, str, dict[str, Any]]]:
    """Changes of data and network, the steps before the question, what is asked, and about what."""
    maxout = {"layers": [{"units": 2, "activation": "maxout"}, {"units": 2, "activation": "relu"}], "dropout": 0.2}
    three = {"name": "blobs", "classes": 3}
    yield "stages of a batch", {}, {"penalty": "l2", "penalty_rate": 0.1, "optimizer": "adam"}, 5, "stages", {}
    yield "stages of a point", three, maxout, 5, "stages", {"example": {"row": 40}}
    yield "stages of own", {}, {"loss": "squared", "clip_norm": 0.01}, 5, "stages", {"example": {"x": [1.5, -2.0]}}
    yield "check", {}, {"layers": _layers("gelu")}, 5, "check", {}
    yield "check of maxout", three, maxout, 5, "check", {"example": {"x": [1.5, -2.0], "y": 2}}
    yield "surface of two weights", {}, {"penalty": "l1", "penalty_rate": 0.1}, 9, "surface", {
        "along": ["dense_1/W[0, 1]", "dense_2/b[0]"], "points": 5,
    }  # fmt: skip
    yield "surface of the path", {}, {"layers": _layers("tanh")}, 12, "surface", {"points": 5}
    yield "surface of random ways", {}, maxout, 6, "surface", {"along": "random", "points": 5, "span": 0.7, "seed": 3}
    yield "regions", {}, {"layers": _layers("relu"), "features": ["x1", "x2", "sin(x1)"]}, 6, "regions", {"points": 7}
    yield "regions of curves", {}, {"layers": [*_layers("hard_tanh"), *_layers("tanh")]}, 6, "regions", {"points": 6}
    yield "regions of maxout", {}, maxout, 6, "regions", {"points": 6}


def export_states() -> Iterator[tuple[str, dict[str, Any], dict[str, Any], int, str, dict[str, Any]]]:
    """The same of the question ``export``: every format, and networks of all kinds of parts."""
    noise = {"weight_noise": 0.1, "input_noise": 0.25, "dropout": 0.3, "penalty": "l2", "penalty_rate": 1e-5}
    prepared = {"preparation": "whiten", "features": ["x1", "x1^2", "x1x2", "sin(x2)"], "clip_norm": 1.0, "patience": 4}
    momentum = {"optimizer": "nesterov", "momentum": 0.5, "schedule": "inverse_time", "initializer": "uniform"}
    layers = {"layers": [{"units": 2, "activation": "maxout"}, {"units": 2, "activation": "leaky_relu"}]}
    three = {"name": "rings", "classes": 3, "count": 6, "tilt": -0.5, "train_share": 60}
    own = {"name": "own", "columns": ["a", "b, c", "label"], "points": OWN, "classes": 3, "axes": (0, 1)}
    for file in ("python", "numpy", "csv"):
        yield f"{file}", {"count": 6}, {"layers": [], "optimizer": "adam", "learning_rate": 0.001}, 0, "export", {
            "format": file,
        }  # fmt: skip
        yield f"{file} of all", {"count": 6, "stretch": 30}, noise | prepared | momentum, 2, "export", {"format": file}
        yield f"{file} of three classes", three, layers | {"loss": "huber", "schedule": "cosine"}, 1, "export", {
            "format": file,
        }  # fmt: skip
        yield f"{file} of own", own, {"preparation": "normalise", "layers": _layers("gelu")}, 2, "export", {
            "format": file,
        }  # fmt: skip
        yield (
            f"{file} of amounts",
            REGRESSION_DATA | {"count": 6},
            {"preparation": "centre", "clip_norm": 2.5},
            2,
            ("export"),
            {"format": file},
        )


MEASURED = ("E(+h)", "E(-h)", "numerical", "relative error")
"""Numbers that are rounding for the most part: each machine has its own."""

MOST_IN_FULL = 20
"""Of longer derivations the traces have names, formulas and values alone."""


def explain_states() -> Iterator[tuple[str, dict[str, Any], dict[str, Any], dict[str, Any]]]:
    """Changes of data and network, and what is explained after two steps."""
    point = {"example": {"row": 1}}
    three = {"name": "blobs", "classes": 3}
    for activation in get_args(Activation):
        network = {"layers": [{"units": 2, "activation": activation}]}
        yield f"explain {activation}", {}, network, {"target": "x[1]", **point}
    for loss in get_args(NetworkState.model_fields["loss"].annotation):
        network = {"loss": loss, "layers": [{"units": 1, "activation": "tanh"}]}
        yield f"explain {loss}", {}, network, {"target": "dense_1/b[0]", **point}
        yield f"explain {loss} of three classes", three, network, {"target": "dense_1[0]", **point}
        yield f"explain {loss} of amounts", {"problem": "regression", "name": "hills"}, network, point
    for optimizer in get_args(Optimizer):
        network = {"optimizer": optimizer, "layers": [], "penalty": "l1", "penalty_rate": 0.01, "clip_norm": 0.3}
        yield f"explain {optimizer}", {}, network, {"target": "dense_1/W[1, 0]"}
    deep = {"layers": [{"units": 2, "activation": "maxout"}, {"units": 2, "activation": "relu"}], "batch_size": 3}
    yield "explain a batch", {}, deep, {"target": "maxout_1/W[1, 0, 1]", "step": False}
    yield "explain a unit of a batch", three, deep | {"penalty": "l2", "penalty_rate": 0.1}, {"target": "relu_1[1]"}


def trace_explain(data: dict[str, Any], network: dict[str, Any], about: dict[str, Any]) -> dict[str, Any]:
    """The steps of the derivation but those of the chain rule, and the lights."""
    trace = trace_question(data, network, 2, "explain", about)
    values = trace.pop("values")
    steps = [step for section in values["derivation"]["sections"] for step in section["steps"]]
    chain = "one factor of ", "the chain rule"
    kept = [
        step | {"value": None} if step["name"] in MEASURED else step for step in steps if step["why"][:14] not in chain
    ]
    fields = ("name", "formula", "value", *(("numbers", "terms") if len(kept) < MOST_IN_FULL else ()))
    del trace["arrays"]
    return trace | {
        "target": values["target"],
        "steps": 2,
        "told": [[step[field] for field in fields] for step in kept],
        "lights": [list(light.values()) for light in values["lights"]],
    }


def trace_question(
    data: dict[str, Any], network: dict[str, Any], steps: int, what: str, about: dict[str, Any]
) -> dict[str, Any]:
    """What is answered after so many steps."""
    training = make_training(data, network)
    while training.progress.step < steps:
        training.advance(1)
    state = DataState.model_validate(training_data(data))
    asked = NetworkScene(training.network, training.progress, tuple(training.path.places))
    found = QUESTIONS[what](Scene(PlayState(data=state), make_data(state), (asked,)), about)
    if what == "check":
        rows = [
            {field: row[field] for field in ("path", "index", "backward", "verdict")} for row in found.values["rows"]
        ]
        rows.sort(key=lambda row: (row["path"], row["index"]))
        found = Answer({**found.values, "rows": rows}, found.arrays)
    return {
        "data": training_data(data),
        "network": {"batch_size": 8, "learning_rate": 0.1} | network,
        "steps": steps,
        "what": what,
        "about": about,
        "values": found.values,
        "arrays": {name: [list(array.shape), array.ravel().tolist()] for name, array in found.arrays.items()},
    }


def sign_states() -> Iterator[tuple[str, dict[str, Any], dict[str, Any], int]]:
    """Changes of data and network, and the epochs after which something is wrong (or nothing)."""
    whole = {"batch_size": 40}
    yield "nothing", {}, {}, 3
    yield "divergence", REGRESSION_DATA, {"learning_rate": 100.0, "layers": _layers("identity"), "seed": 2}, 5
    yield "symmetric units", {}, {"initializer": "zeros", **whole}, 60
    yield "saturated units", {}, {"initializer": "large", "features": ["x1", "x2", "x1^2", "x2^2"]}, 0
    yield "fading gradients", {}, {"layers": _layers("sigmoid") * 3, **whole}, 60
    large = {"layers": _layers("relu") * 2, "initializer": "large"}
    yield "exploding gradients and dead units", REGRESSION_DATA, large, 0
    yield "oscillation", REGRESSION_DATA, {"layers": [], "learning_rate": 0.22, **whole}, 12
    divided = {"optimizer": "rmsprop", "layers": [], **whole}
    yield "oscillation of rmsprop", {"problem": "regression", "name": "hills"}, divided, 15
    large = {"layers": [{"units": 12, "activation": "tanh"}] * 2, "optimizer": "adam", "learning_rate": 0.03}
    yield "overfitting", {"name": "xor", "noise": 60}, large, 120


def trace_signs(data: dict[str, Any], network: dict[str, Any], epochs: int) -> dict[str, Any]:
    """What is seen after so many epochs."""
    training = make_training(data, network)
    while training.progress.epoch < epochs and training.can_go_on:
        training.advance(100)
    return {
        "data": training_data(data),
        "network": {"batch_size": 8, "learning_rate": 0.1} | network,
        "epochs": epochs,
        "signs": SignWatch(training).signs(False),
    }


def _flat(tree: Any) -> list[float]:
    return [number for array in flatten(tree).values() for number in array.ravel().tolist()]


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


def all_traces() -> dict[str, Any]:
    """Every trace, as it is stored: what is not finite is null."""
    traces = {
        "start": PlayState().model_dump(mode="json"),
        "data": {name: trace_data(state) for name, state in data_states()},
        "training": {name: trace_training(data, network) for name, data, network in training_states()},
        "signs": {name: trace_signs(*rest) for name, *rest in sign_states()},
        "explain": {name: trace_explain(*rest) for name, *rest in explain_states()},
        "questions": {name: trace_question(*rest) for name, *rest in (*question_states(), *export_states())},
    }
    return json.loads(json.dumps(traces), parse_constant=lambda name: None)
