"""How good a network is on all points at once: losses, accuracies, penalty, confusion."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pellucid.playground.network import Network
from pellucid.regularize import penalty_value
from pellucid.train.batch import Weights


@dataclass(frozen=True)
class Parts:
    """A number of the training points and of the test points; NaN where there are none."""

    train: float
    test: float


@dataclass(frozen=True, eq=False)
class Measure:
    """Mean losses without penalty and, in classification, shares of right decisions."""

    loss: Parts
    accuracy: Parts | None
    decided: np.ndarray | None


def measure(network: Network, weights: Weights) -> Measure:
    """How good ``weights`` are on all points, worked out together."""
    y = network.outputs(weights, network.x)
    with np.errstate(all="ignore"):
        losses = network.recipe.loss.value(y, network.targets)
        if not network.objective.classes:
            return Measure(_parts(losses, network.training), None, None)
        decided = network.objective.decide(y)
        right = decided == network.labels
        return Measure(_parts(losses, network.training), _parts(right, network.training), decided)


def penalty_of(network: Network, weights: Weights) -> float:
    """What the penalty adds to the loss."""
    penalty = network.recipe.penalty
    if penalty is None:
        return 0.0
    with np.errstate(all="ignore"):
        return float(penalty_value(weights.params, penalty.strengths(weights.params)))


def confusion_of(network: Network, decided: np.ndarray) -> list[list[int]]:
    """How many test points of each class (down) were decided to be of each (across)."""
    classes = network.objective.classes
    pairs = network.labels[network.training :].astype(np.intp) * classes + decided[network.training :]
    counts: list[list[int]] = np.bincount(pairs, minlength=classes * classes).reshape(classes, classes).tolist()
    return counts


def _parts(numbers: np.ndarray, training: int) -> Parts:
    test = numbers[training:]
    return Parts(float(numbers[:training].mean()), float(test.mean()) if len(test) else float("nan"))
