"""Questions with their answers: slow motion, the check of gradients, the surface, regions, and exports."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pellucid.playground.data.play_data import make_data
from pellucid.playground.questions.answer import Answer
from pellucid.playground.questions.registry import QUESTIONS
from pellucid.playground.questions.scene import NetworkScene, Scene
from pellucid.playground.state import DataState, PlayState
from play_traces.states import OWN, REGRESSION_DATA, changed, layers, make_training


def question_states() -> Iterator[tuple[str, dict[str, Any], dict[str, Any], int, str, dict[str, Any]]]:
    """Changes of data and network, the steps before the question, what is asked, and about what."""
    maxout = {"layers": [{"units": 2, "activation": "maxout"}, {"units": 2, "activation": "relu"}], "dropout": 0.2}
    three = {"name": "blobs", "classes": 3}
    yield "stages of a batch", {}, {"penalty": "l2", "penalty_rate": 0.1, "optimizer": "adam"}, 5, "stages", {}
    yield "stages of a point", three, maxout, 5, "stages", {"example": {"row": 40}}
    yield "stages of own", {}, {"loss": "squared", "clip_norm": 0.01}, 5, "stages", {"example": {"x": [1.5, -2.0]}}
    yield "check", {}, {"layers": layers("gelu")}, 5, "check", {}
    yield "check of maxout", three, maxout, 5, "check", {"example": {"x": [1.5, -2.0], "y": 2}}
    yield "surface of two weights", {}, {"penalty": "l1", "penalty_rate": 0.1}, 9, "surface", {
        "along": ["dense_1/W[0, 1]", "dense_2/b[0]"], "points": 5,
    }  # fmt: skip
    yield "surface of the path", {}, {"layers": layers("tanh")}, 12, "surface", {"points": 5}
    yield "surface of random ways", {}, maxout, 6, "surface", {"along": "random", "points": 5, "span": 0.7, "seed": 3}
    yield "regions", {}, {"layers": layers("relu"), "features": ["x1", "x2", "sin(x1)"]}, 6, "regions", {"points": 7}
    yield "regions of curves", {}, {"layers": [*layers("hard_tanh"), *layers("tanh")]}, 6, "regions", {"points": 6}
    yield "regions of maxout", {}, maxout, 6, "regions", {"points": 6}


def export_states() -> Iterator[tuple[str, dict[str, Any], dict[str, Any], int, str, dict[str, Any]]]:
    """The same of the question ``export``: every format, and networks of all kinds of parts."""
    noise = {"weight_noise": 0.1, "input_noise": 0.25, "dropout": 0.3, "penalty": "l2", "penalty_rate": 1e-5}
    prepared = {"preparation": "whiten", "features": ["x1", "x1^2", "x1x2", "sin(x2)"], "clip_norm": 1.0, "patience": 4}
    momentum = {"optimizer": "nesterov", "momentum": 0.5, "schedule": "inverse_time", "initializer": "uniform"}
    maxout = {"layers": [{"units": 2, "activation": "maxout"}, {"units": 2, "activation": "leaky_relu"}]}
    three = {"name": "rings", "classes": 3, "count": 6, "tilt": -0.5, "train_share": 60}
    own = {"name": "own", "columns": ["a", "b, c", "label"], "points": OWN, "classes": 3, "axes": (0, 1)}
    for file in ("python", "numpy", "csv"):
        yield f"{file}", {"count": 6}, {"layers": [], "optimizer": "adam", "learning_rate": 0.001}, 0, "export", {
            "format": file,
        }  # fmt: skip
        yield f"{file} of all", {"count": 6, "stretch": 30}, noise | prepared | momentum, 2, "export", {"format": file}
        yield f"{file} of three classes", three, maxout | {"loss": "huber", "schedule": "cosine"}, 1, "export", {
            "format": file,
        }  # fmt: skip
        yield f"{file} of own", own, {"preparation": "normalise", "layers": layers("gelu")}, 2, "export", {
            "format": file,
        }  # fmt: skip
        yield (
            f"{file} of amounts",
            REGRESSION_DATA | {"count": 6},
            {"preparation": "centre", "clip_norm": 2.5},
            2,
            "export",
            {"format": file},
        )


def trace_question(
    data: dict[str, Any], network: dict[str, Any], steps: int, what: str, about: dict[str, Any]
) -> dict[str, Any]:
    """What is answered after so many steps."""
    states = changed(data, network)
    training = make_training(states)
    while training.progress.step < steps:
        training.advance(1)
    state = DataState.model_validate(states["data"])
    asked = NetworkScene(training.network, training.progress, tuple(training.path.places))
    found = QUESTIONS[what](Scene(PlayState(data=state), make_data(state), (asked,)), about)
    if what == "check":
        rows = [
            {field: row[field] for field in ("path", "index", "backward", "verdict")} for row in found.values["rows"]
        ]
        rows.sort(key=lambda row: (row["path"], row["index"]))
        found = Answer({**found.values, "rows": rows}, found.arrays)
    return {
        **states,
        "steps": steps,
        "what": what,
        "about": about,
        "values": found.values,
        "arrays": {name: [list(array.shape), array.ravel().tolist()] for name, array in found.arrays.items()},
    }
