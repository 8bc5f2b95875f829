"""What an examination is: numbers and histograms of a network at the end of an epoch, on a fixed sample of examples."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pellucid.combinators import record
from pellucid.combinators.weighted_layers import leaf_layers
from pellucid.layer import Layer, Loss
from pellucid.train.batch import Batch
from pellucid.train.examinations.histogram import Histogram
from pellucid.trees import times_share
from pellucid.types import Params, State, Tree
from pellucid.value import Value


@dataclass
class ExaminedNetwork:
    """The network at the end of an epoch, and the ``sample`` it is examined on, all on NumPy.

    ``memory`` is a dict that an examination finds again at the next; empty when a training begins or goes on.
    """

    model: Layer
    loss: Loss
    params: Params
    state: State
    sample: Batch
    memory: dict[str, Any]

    @cached_property
    def taps(self) -> dict[str, dict[str, Tree]]:
        """For every layer by path what goes through it, as in use, forward and backward: see ``record``. ``dy`` is of
        the mean loss over the sample.
        """
        return record(self.model, self.params, self.state, self.sample.x, self._slope)

    @property
    def layers(self) -> Iterator[tuple[str, Layer]]:
        """Every layer that is not made of layers, with its path."""
        return leaf_layers(self.model)

    def gradient(self, params: Params) -> Params:
        """The gradient of the mean loss over the sample at ``params``, (those of the network, or others)."""
        y, cache, _ = self.model.forward(params, self.state, self.sample.x)
        gradient: Params = self.model.backward(params, cache, self._slope(y))[0]
        return gradient

    def _slope(self, y: Tree) -> Tree:
        share = self.loss.value(y, self.sample.target).dtype.type(1.0 / self.sample.examples)
        return times_share(self.loss.gradient(y, self.sample.target), share)


class Examination(Value):
    """Something that is found out about a network at the ends of epochs: ``fit(..., examinations=(MyExamination(),))``.

    It is done as often as time allows, and only looks: the training comes out the same with it, to the bit.
    """

    @abstractmethod
    def examine(self, network: ExaminedNetwork) -> dict[str, float | Histogram]:
        """Numbers and histograms by name, such as ``dense_1/dead``. The same network, the same findings."""
