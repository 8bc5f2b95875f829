"""Derivations of numbers of dense networks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_args

from pellucid.playground.state import Activation, NetworkState, Optimizer
from play_traces.questions import trace_question

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
