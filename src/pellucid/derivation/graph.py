"""A network as a graph: its layers, and which output goes into which layer."""

from __future__ import annotations

from typing import Any

import numpy as np

from pellucid.combinators import Combinator, Recurrent, record
from pellucid.derivation.decompositions import trace_layer
from pellucid.derivation.primitives import Fold, Unfold
from pellucid.derivation.trace.trace import Node, Tracer, Wire, input_wires
from pellucid.layer import Layer, shape_of
from pellucid.masked import values_of
from pellucid.trees import flatten, leaves
from pellucid.types import Params, State, Tree

PASSED = (Fold, Unfold)
"""What only gives an array another shape is no node of the graph."""


class _GraphTracer(Tracer):
    compares = False


def network_graph(model: Layer, params: Params, state: State, x: Tree) -> dict[str, Any]:
    """The graph of a network of any form, for an example ``x`` (1, ...) of its inputs.

    ``nodes``, in the order of the forward pass: ``path`` as ``record`` and the names of weights have it, ``kind`` (the
    class, or "Input"), ``label``, ``inputs`` (paths), ``output`` (its shape without the batch axis; of several outputs
    a dict), ``parameters`` (how many), ``arrays`` (the shape of each), ``depth`` (the most layers between it and an
    input), and ``cell``, true for a layer that goes through time. ``edges``: pairs of paths. What combinators do with
    wires, such as the sum of a ``Residual``, is a node as well.
    """
    tracer, inputs = _GraphTracer(train=False), input_wires(x)
    with np.errstate(all="ignore"):
        trace_layer(model, tracer, params, state, inputs, "", None)
        outputs = {path: tap["y"] for path, tap in record(model, params, state, x).items()}
    begin = "x" if "x" not in outputs else "input x"  # a layer may have that name
    sources = {id(wire): begin + wire.name[1:] for wire in flatten(inputs).values()}
    nodes = {sources[id(wire)]: _input(sources[id(wire)], wire) for wire in flatten(inputs).values()}
    owners: dict[int, list[str]] = {}  # of each trace node, the graph nodes that its output comes from
    for traced in tracer.nodes:
        before = _paths_before(traced, owners, sources)
        if isinstance(traced.layer, PASSED):
            owners[id(traced)] = before
            continue
        path, layer = _owner(model, traced)
        owners[id(traced)] = [path]
        if path not in nodes:
            nodes[path] = _node(path, layer, _at(params, path), outputs.get(path, traced.y))
        own = nodes[path]["inputs"]
        own += [name for name in before if name != path and name not in own]
    for node in nodes.values():
        node["depth"] = 1 + max((nodes[name]["depth"] for name in node["inputs"]), default=-1)
    return {
        "nodes": list(nodes.values()),
        "edges": [[name, path] for path, node in nodes.items() for name in node["inputs"]],
    }


def _paths_before(traced: Node, owners: dict[int, list[str]], sources: dict[int, str]) -> list[str]:
    """The graph nodes that what goes into a trace node comes from; constants come from none."""
    found: list[str] = []
    for wire in traced.inputs.values():
        found += owners[id(wire.producer)] if wire.producer else filter(None, [sources.get(id(wire))])
    return list(dict.fromkeys(found))


def _owner(model: Layer, traced: Node) -> tuple[str, Layer]:
    """The layer that a trace node is a part of, with its path: one not made of layers, or a sum of a combinator."""
    layer, names, at = model, traced.path.split("/") if traced.path else [], 0
    while isinstance(layer, Combinator) and at < len(names) and names[at] in layer.children():
        layer, at = layer.children()[names[at]], at + 1
    if isinstance(layer, Combinator):
        return traced.path, traced.layer
    return "/".join(names[:at]), layer


def _input(name: str, wire: Wire) -> dict[str, Any]:
    return {
        "path": name,
        "kind": "Input",
        "label": "Input",
        "inputs": [],
        "output": list(wire.value.shape[1:]),
        "parameters": 0,
        "arrays": {},
        "cell": False,
        "depth": 0,
    }


def _node(path: str, layer: Layer, params: Params, y: Tree) -> dict[str, Any]:
    is_cell = isinstance(layer, Recurrent)
    arrays = flatten(params)
    return {
        "path": path,
        "kind": type(layer.cell if isinstance(layer, Recurrent) else layer).__name__,
        "label": repr(layer),
        "inputs": [],
        "output": _shapes(y),
        "parameters": sum(leaf.size for leaf in leaves(params)),
        "arrays": {name: list(array.shape) for name, array in arrays.items()},
        "cell": is_cell,
        "depth": 0,
    }


def _shapes(y: Tree) -> Any:
    y = values_of(y)
    if isinstance(y, dict):
        return {name: _shapes(part) for name, part in y.items()}
    return list(shape_of(y.value if isinstance(y, Wire) else y)[1:])


def _at(params: Params, path: str) -> Params:
    """The params of the layer at a path; none for a node that is no layer of the model's own."""
    for name in path.split("/") if path else ():
        params = params.get(name, {}) if isinstance(params, dict) else {}
    return params
