"""What a network is trained for: its loss, its outputs and their targets, and what outputs say."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pellucid import ops
from pellucid.layer import Loss
from pellucid.losses import (
    HalfSquaredError,
    Hinge,
    Huber,
    MeanAbsoluteError,
    SigmoidCrossEntropy,
    SoftmaxCrossEntropy,
)
from pellucid.playground.state import NetworkState

DISTANCES: dict[str, type[Loss]] = {"squared": HalfSquaredError, "absolute": MeanAbsoluteError, "huber": Huber}
"""Losses that compare an output with an amount."""


@dataclass(frozen=True)
class Objective:
    """The ``loss``, the number of ``outputs``, and whether they go through tanh (``bounded``), towards -1 and 1.

    ``classes`` is 0 in regression. Two classes have one output, for class 1; more have one each.
    """

    loss: Loss
    classes: int
    bounded: bool

    @property
    def outputs(self) -> int:
        """How many there are."""
        return self.classes if self.classes > 2 else 1

    def targets(self, labels: np.ndarray) -> np.ndarray:
        """What outputs are compared with, (N, outputs), for labels (N,)."""
        if not self.classes:
            return np.asarray(labels[:, None])
        rows = labels[:, None] if self.outputs == 1 else (labels[:, None] == np.arange(self.classes)).astype(np.float64)
        return np.asarray(2.0 * rows - 1.0 if self.bounded else rows)

    def decide(self, y: np.ndarray) -> np.ndarray:
        """The class that outputs y (N, outputs) stand for, (N,)."""
        return np.asarray((y[:, 0] > 0).astype(np.intp) if self.outputs == 1 else y.argmax(axis=1))

    def answer(self, y: np.ndarray) -> np.ndarray:
        """What outputs y say: (N, 1), from -1, class 0, to 1, class 1, or an amount; else probabilities (N, classes).

        Of scores that are no probabilities (hinge, tanh) these are the softmax.
        """
        if not self.classes or (self.bounded and self.outputs == 1):
            return np.asarray(y)
        if self.outputs > 1:
            return np.asarray(SoftmaxCrossEntropy().predict(y))
        if self.loss.gives_probabilities:
            return np.asarray(2.0 * ops.sigmoid(y) - 1.0)
        return np.asarray(np.clip(y, -1.0, 1.0))


def objective_of(state: NetworkState, classes: int) -> Objective:
    """The objective of a network for so many classes; 0: regression, where losses of classes give way to squared."""
    if not classes:
        return Objective(DISTANCES.get(state.loss, HalfSquaredError)(), 0, False)
    if state.loss in DISTANCES:
        return Objective(DISTANCES[state.loss](), classes, True)
    if state.loss == "hinge":
        return Objective(Hinge(), classes, False)
    return Objective(SigmoidCrossEntropy() if classes == 2 else SoftmaxCrossEntropy(), classes, False)
