"""What a question is about: one network as it is before its next step of training, and examples."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

from pellucid.combinators import record
from pellucid.combinators.weighted_layers import WeightedLayer, weighted_layers
from pellucid.layer import Layer, Loss
from pellucid.optim import Clipping, Rule
from pellucid.regularize import Penalty
from pellucid.trees import flatten, times_share
from pellucid.types import Array, Params, State, Tree


@dataclass(frozen=True, eq=False)
class Subject:
    """A network with the ``x`` (B, D) and ``y`` that the question is about, all in float64 on NumPy.

    ``optimizer`` has the learning rate of step ``t``, which is the next, and ``slots`` what it remembers. ``inputs``
    are the names of the columns of x. ``taken`` says whether x and y are the batch of that step.
    """

    model: Layer
    loss: Loss
    params: Params
    state: State
    x: Array
    y: Array
    optimizer: Rule
    slots: Mapping[str, Any]
    t: int = 1
    penalty: Penalty | None = None
    clip: Clipping | None = None
    inputs: tuple[str, ...] = ()
    taken: bool = True

    @property
    def examples(self) -> int:
        """How many the loss is the mean of."""
        return len(self.x)

    @cached_property
    def layers(self) -> tuple[WeightedLayer, ...]:
        """The layers with weights, from the inputs on."""
        return weighted_layers(self.model, self.params)

    @cached_property
    def outputs(self) -> Array:
        """What the network puts out for the examples, before the loss."""
        outputs: Array = self.model.forward(self.params, self.state, self.x)[0]
        return outputs

    @cached_property
    def taps(self) -> dict[str, dict[str, Tree]]:
        """What goes through each layer, forward and back, for the mean loss: see ``record``."""
        return record(self.model, self.params, self.state, self.x, self._slope)

    @property
    def value(self) -> float:
        """The mean loss, without penalty."""
        return float(self.loss.value(self.outputs, self.y).mean())

    def on(self, x: Array, y: Array) -> Subject:
        """The same network on other examples."""
        return replace(self, x=x, y=y, taken=False)

    def flat(self) -> dict[str, Array]:
        """The weights by path."""
        return flatten(self.params)

    def _slope(self, y: Tree) -> Tree:
        return times_share(self.loss.gradient(y, self.y), np.float64(1.0 / self.examples))


Answer = dict[str, Any]
"""What goes into the header of an answer; numbers that are not finite are None."""

Arrays = dict[str, Array]
"""What goes behind the header, by name."""

Question = Callable[[Subject, Mapping[str, Any]], tuple[Answer, Arrays]]


def plain(value: Any) -> Any:
    """Arrays as lists, numbers that are not finite as None: what JSON has."""
    if isinstance(value, np.ndarray):
        return plain(value.tolist())
    if isinstance(value, dict):
        return {name: plain(part) for name, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(part) for part in value]
    if isinstance(value, (float, np.floating)):
        return float(value) if math.isfinite(value) else None
    return value
