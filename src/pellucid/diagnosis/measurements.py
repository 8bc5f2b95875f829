"""What symptoms are told by: a network at one moment of its training, what it was so far, and its data."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from pellucid.combinators.weighted_layers import WeightedLayer, weighted_layers
from pellucid.diagnosis.thresholds import TO_WIN
from pellucid.layer import Loss
from pellucid.optim import Rule
from pellucid.train.batch import Batch
from pellucid.train.examinations.examination import ExaminedNetwork
from pellucid.trees import flatten
from pellucid.types import Array


@dataclass(frozen=True, eq=False)
class Measurements:
    """The ``network`` with all its training examples, ``test`` examples if there are any, and how it is trained.

    ``epochs``, ``train_losses`` and ``test_losses`` (n,) are the course so far, from the start, without penalty.
    ``chance`` is the loss of the best constant answer. ``failure`` says which number was not finite first.
    """

    network: ExaminedNetwork
    test: Batch | None
    epochs: Array
    train_losses: Array
    test_losses: Array
    optimizer: Rule
    slots: Mapping[str, Any]
    step: int
    chance: float
    failure: str | None = None

    @cached_property
    def layers(self) -> tuple[WeightedLayer, ...]:
        """The layers with weights."""
        return weighted_layers(self.network.model, self.network.params)

    @cached_property
    def learning_rate(self) -> float:
        """That of the next step."""
        return float(self.optimizer.learning_rates(np.asarray(self.step)))

    @cached_property
    def train_values(self) -> Array:
        """The loss of each training example, as in use, (B,)."""
        return self._values(self.network.sample)

    @cached_property
    def test_values(self) -> Array | None:
        """The loss of each test example; None where there are none."""
        return None if self.test is None or not self.test.examples else self._values(self.test)

    @property
    def loss(self) -> float:
        """The mean loss of the training examples."""
        return float(self.train_values.mean())

    @property
    def has_loss_to_win(self) -> bool:
        """Whether a constant answer would be nearly as good; a network that has learnt is not told what to do."""
        return not self.loss <= TO_WIN * self.chance

    @cached_property
    def gradients(self) -> dict[str, Array]:
        """The gradient of the mean loss of all training examples, by path."""
        taps = self.network.taps
        return {
            f"{layer.path}/{name}": leaf
            for layer in self.layers
            for name, leaf in flatten(taps[layer.path]["dparams"]).items()
        }

    @property
    def weights(self) -> dict[str, Array]:
        """The weights by path."""
        return flatten(self.network.params)

    def _values(self, batch: Batch) -> Array:
        network = self.network
        with np.errstate(all="ignore"):
            y = network.model.forward(network.params, network.state, batch.x)[0]
            values: Array = network.loss.value(y, batch.target)
        return values


def chance_loss(loss: Loss, target: Array, outputs: int) -> float:
    """The mean loss of the best constant outputs (``outputs`` of them) for these targets (N, ...).

    Found output by output, between -20 and 20 or the ends of the targets: losses are convex in their outputs. Equal
    targets, as those of a class are, are worked out once.
    """
    target, which = np.unique(target, axis=0, return_inverse=True)
    rows = np.zeros((len(target), outputs))
    bound = max(20.0, float(np.abs(target).max(initial=0.0)))

    def mean() -> float:
        return float(loss.value(rows, target)[which.ravel()].mean())

    for _ in range(1 if outputs == 1 else 3):
        for k in range(outputs):
            rows[:, k] = _lowest(mean, rows[:, k], bound)
    return mean()


def _lowest(mean: Callable[[], float], column: Array, bound: float) -> float:
    """The number with the lowest ``mean`` in all places of ``column``: by thirds."""
    least, greatest = -bound, bound
    for _ in range(60):
        third = (greatest - least) / 3.0
        values = []
        for at in (least + third, greatest - third):
            column[:] = at
            values.append(mean())
        if values[0] < values[1]:
            greatest -= third
        else:
            least += third
    return (least + greatest) / 2.0
