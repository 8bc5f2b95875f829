"""What the cases of layers and of cells share: weights, and a ``backward`` that turns one gradient into others."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from typing import Any

import numpy as np

from pellucid.check.cases.case import Case
from pellucid.trees import flatten, tree_map
from pellucid.types import Array, Key, Tree


@dataclass(frozen=True, eq=False)
class BackwardCase(Case):
    """A subject with weights, and with a ``backward`` that is given the gradients by the outputs."""

    @property
    @abstractmethod
    def network_input(self) -> Tree:
        """The x of the example."""

    @property
    @abstractmethod
    def caches(self) -> dict[str, Any]:
        """What ``forward`` keeps of the example, by the way it is run."""

    @abstractmethod
    def initialize(self, key: Key, x: Tree) -> Tree:
        """The trees that ``init`` gives, by name."""

    @abstractmethod
    def is_output_gradient(self, path: str) -> bool:
        """Whether this leaf of the inputs is given to ``backward`` as the gradient by an output."""

    @abstractmethod
    def forms(self, outputs: Tree) -> tuple[dict[str, Array], dict[str, Array]]:
        """Leaves of the outputs, and by the same paths leaves of the inputs whose shape and dtype they must have."""


def perturb(tree: Tree, scale: float, rng: np.random.Generator) -> Tree:
    """Every leaf with normal noise of deviation ``scale`` added, so that a 0 or a 1 hides no fault."""
    return tree_map(lambda leaf: leaf + scale * rng.standard_normal(leaf.shape), tree)


def normal_like(tree: Tree, rng: np.random.Generator) -> Tree:
    """Normal numbers in the shapes of a tree."""
    return tree_map(lambda leaf: rng.standard_normal(leaf.shape), tree)


def inner_product(tree: Tree, other: Tree) -> Array:
    """The sum of the products of all elements of two trees; the gradient by the first is the second."""
    by_path = flatten(tree)
    return sum((by_path[path] * part).sum() for path, part in flatten(other).items())
