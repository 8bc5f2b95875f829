"""A loss as its terms, each a function of one wire or a few."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from pellucid.derivation.trace.trace import Wire
from pellucid.layer import Loss
from pellucid.losses import LossSum
from pellucid.trees import flatten, times_share, tree_map
from pellucid.types import Tree


@dataclass(frozen=True, eq=False)
class Term:
    """One loss, the wires it looks at, its target, its weight in the sum, and its value for each example.

    ``name`` is "" for a loss that is no sum. ``wires`` are by their path in the outputs, "" for a single array.
    """

    name: str
    loss: Loss
    wires: dict[str, Wire]
    target: Any
    weight: float
    values: np.ndarray


def terms_of(loss: Loss, y: Tree, target: Tree, name: str = "", weight: float = 1.0) -> list[Term]:
    """The terms of the loss on the wires y; those of a sum within a sum count by both weights."""
    if not isinstance(loss, LossSum):
        values = loss.value(tree_map(lambda wire: wire.value, y), target)
        return [Term(name, loss, flatten(y), target, weight, np.asarray(values))]
    used = [child for child, term in loss.children().items() if term.uses_target]
    by_name = target if isinstance(target, dict) else dict.fromkeys(used, target)
    return [
        inner
        for (child, term), share in zip(loss.children().items(), loss.weights, strict=True)
        for inner in terms_of(term, y[child], by_name.get(child), f"{name}_{child}" if name else child, weight * share)
    ]


def loss_gradient(loss: Loss, y: Tree, target: Tree, share: np.ndarray) -> dict[str, np.ndarray]:
    """The gradient of the mean loss by every output, by path."""
    values = tree_map(lambda wire: wire.value, y)
    return flatten(times_share(loss.gradient(values, target), share))
