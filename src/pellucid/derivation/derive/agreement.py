"""The proof that the nodes of a trace have the gradients of the network itself."""

from __future__ import annotations

import numpy as np

from pellucid.derivation.algebra.step import TOLERANCE
from pellucid.derivation.trace.terms import loss_gradient
from pellucid.derivation.trace.trace import Trace
from pellucid.errors import ExplainError
from pellucid.trees import flatten, replace_leaves, tree_map
from pellucid.types import Tree


def check_agreement(trace: Trace, tree: Tree, train: bool) -> None:
    """Raise ExplainError unless the nodes' gradients, weight by weight, are those that the model's backward gives."""
    _, cache, _ = trace.model.forward(tree["params"], tree["state"], tree["x"], tree["key"], train)
    unseen = tree_map(lambda wire: np.zeros(wire.value.shape), trace.y)
    dy = replace_leaves(unseen, loss_gradient(trace.loss, trace.y, trace.target, trace.share))
    dparams, _ = trace.model.backward(tree["params"], cache, dy)
    summed = summed_gradients(trace)
    for path, gradient in flatten(dparams).items():
        off = np.abs(gradient - summed[path]).max()
        if off > TOLERANCE * max(1.0, np.abs(gradient).max()):
            raise ExplainError(
                f"the gradient by {path} is off by {off} from that of the engine; please report this with the network"
            )


def summed_gradients(trace: Trace) -> dict[str, np.ndarray]:
    """The gradient by every weight, by its path: summed over all nodes that use it."""
    summed: dict[str, np.ndarray] = {}
    for node in trace.nodes:
        for leaf, gradient in flatten(node.dparams).items():
            path = f"{node.path}/{leaf}" if node.path else leaf
            summed[path] = summed.get(path, 0.0) + gradient
    return summed
