"""What a family of networks is: its network and data, and what a frame shows of it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Any, Generic, NamedTuple, TypeVar

import numpy as np

from pellucid.combinators import Chain
from pellucid.layer import Loss
from pellucid.optim import Adam
from pellucid.playground.families.settings import Settings
from pellucid.train.batch import Batch, Weights
from pellucid.train.recipe import Recipe
from pellucid.types import Cache

S = TypeVar("S", bound=Settings)


@dataclass(frozen=True, eq=False)
class Problem:
    """What is trained, on which examples, so many at a time, and what it is tested on."""

    recipe: Recipe
    training: Batch
    test: Batch
    batch_size: int = 32


class Shown(NamedTuple):
    """What a frame says of a family: values for its header, and arrays by name."""

    values: dict[str, Any]
    arrays: dict[str, np.ndarray]


class Family(ABC, Generic[S]):
    """A family with its ``settings``. A change of those that begin the training again makes a new one."""

    def __init__(self, settings: S) -> None:
        self.problem = self.make_problem(settings)

    @abstractmethod
    def make_problem(self, settings: S) -> Problem:
        """The network and its data."""

    @abstractmethod
    def show(self, weights: Weights, settings: S) -> Shown:
        """What the network makes of the example that ``settings`` choose."""


def recipe_of(model: Chain, loss: Loss, classify: bool = True) -> Recipe:
    """Adam, at the learning rate that the settings have."""
    return Recipe(model, loss, Adam(), classify=classify)


def outputs_and_caches(model: Chain, weights: Weights, x: np.ndarray) -> tuple[dict[str, np.ndarray], dict[str, Cache]]:
    """The output and the cache of each layer by its name, as in use."""
    outputs, caches = {}, {}
    with np.errstate(all="ignore"):
        for name, layer in model.named_layers:
            x, caches[name], _ = layer.forward(weights.params[name], weights.state[name], x)
            outputs[name] = x
    return outputs, caches
