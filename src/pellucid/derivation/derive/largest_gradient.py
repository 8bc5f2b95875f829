"""Which weight is explained where none is named: that of the largest gradient in the first layer with weights."""

from __future__ import annotations

from typing import Any

import numpy as np

from pellucid.check.inputs import bind_inputs
from pellucid.check.problem import Problem
from pellucid.errors import ExplainError
from pellucid.layer import Layer, Loss
from pellucid.trees import flatten
from pellucid.types import Params, State


def weight_of_largest_gradient(
    model: Layer, loss: Loss, x: Any, y: Any, params: Params | None, state: State | None, train: bool = False
) -> str:
    """The weight with the largest gradient of the first layer that has any: ``"dense_1/W[0, 1]"``.

    Biases, which show less, are taken only where there is nothing else. Raises
    ExplainError for a network without weights.
    """
    tree = bind_inputs(model, x, y, params, state, 0, None, "explain")
    _, _, gradients = Problem.at(tree, model, loss, train).backward(tree)
    leaves = flatten(gradients["params"])
    if not leaves:
        raise ExplainError(f"{model!r} has no weights: name an input, such as x[0]")
    steepest = [(path, float(np.abs(leaf).max())) for path, leaf in leaves.items()]
    moving = [path for path, most in steepest if most > 0] or list(leaves)
    layer = [path for path in moving if _layer(path) == _layer(moving[0])]
    kept = [path for path in layer if leaves[path].ndim > 1] or layer
    path = max(kept, key=dict(steepest).__getitem__)
    return element_name(path, np.unravel_index(int(np.abs(leaves[path]).argmax()), leaves[path].shape))


def _layer(path: str) -> str:
    return path.rpartition("/")[0]


def element_name(path: str, index: Any) -> str:
    """``dense_1/W`` and (0, 1) as ``dense_1/W[0, 1]``."""
    return f"{path}[{', '.join(str(int(at)) for at in index)}]" if len(index) else path
