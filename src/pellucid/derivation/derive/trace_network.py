"""The network run forward and back, with every number between its layers."""

from __future__ import annotations

import numpy as np

from pellucid.derivation.decompositions import trace_layer
from pellucid.derivation.derive.agreement import check_agreement
from pellucid.derivation.trace.terms import loss_gradient
from pellucid.derivation.trace.trace import Trace, Tracer, input_wires
from pellucid.errors import ExplainError
from pellucid.layer import Layer, Loss
from pellucid.trees import flatten, leaves, tree_map
from pellucid.types import Tree


def trace_network(model: Layer, loss: Loss, tree: Tree, train: bool) -> Trace:
    """The network run forward and back, with every number between its layers; ``tree`` as ``bind_inputs`` makes it.

    Raises ExplainError where the loss or a gradient is not finite.
    """
    tracer = Tracer(train)
    x = input_wires(tree["x"])
    with np.errstate(all="ignore"):
        y = trace_layer(model, tracer, tree["params"], tree["state"], x, "", tree["key"])
        values = np.asarray(loss.value(tree_map(lambda wire: wire.value, y), tree["target"]))
        if not np.isfinite(values).all():
            bad = values[~np.isfinite(values)][0]
            raise ExplainError(f"the loss is {bad}: there is no gradient to explain; {_first_not_finite(tracer, tree)}")
        for path, gradient in loss_gradient(loss, y, tree["target"], tree["share"]).items():
            wire = flatten(y)[path]
            wire.gradient = wire.gradient + gradient
        tracer.back()
    trace = Trace(model, loss, tree["params"], x, tree["target"], tracer.nodes, y, tree["share"], values)
    _require_finite_gradients(trace)
    check_agreement(trace, tree, train)
    return trace


def _first_not_finite(tracer: Tracer, tree: Tree) -> str:
    """Where the first number that is not finite came about."""
    for branch in ("x", "params", "target"):
        for path, leaf in flatten({branch: tree[branch]}).items():
            if not np.isfinite(leaf).all():
                at = list(map(int, np.argwhere(~np.isfinite(leaf))[0]))
                return f"{path.removeprefix('params/')}{at} is {leaf[tuple(at)]} from the start"
    for node in tracer.nodes:
        for wire in node.outputs.values():
            if not np.isfinite(wire.value).all():
                return f"it was born in {node.path or repr(node.layer)}"
    return "it was born in the loss"


def _require_finite_gradients(trace: Trace) -> None:
    for wire in flatten(trace.y).values():
        if not np.isfinite(wire.gradient).all():
            raise ExplainError(f"the gradient of {trace.loss!r} by {wire.name} is not finite, though the loss is")
    for node in reversed(trace.nodes):
        for leaf in (*leaves(node.dparams), *(wire.gradient for wire in node.inputs.values())):
            if not np.isfinite(leaf).all():
                raise ExplainError(
                    f"a gradient is not finite, though the loss is: it was born in the backward pass of "
                    f"{node.path or repr(node.layer)}"
                )
