"""What all cases share: a subject as a pure function, its outputs on both engines, its gradient by two oracles."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from pellucid.check import oracles
from pellucid.runtime import xla
from pellucid.trees import flatten, tree_map
from pellucid.types import Array, Tree


@dataclass(frozen=True, eq=False)
class Case(ABC):
    """A layer, cell or loss as a pure function of one tree of inputs, with a scalar whose gradient it claims to know.

    What costs time, such as the outputs on each engine and the automatic gradient, is computed once and kept.
    """

    subject: Any

    @abstractmethod
    def draw(self, seed: int = 0, batch: int | None = None) -> Tree:
        """Inputs in float64, other ones for every seed; ``batch`` leaves only so many examples."""

    @abstractmethod
    def run(self, inputs: Tree) -> Tree:
        """Everything that the subject makes of the inputs."""

    @abstractmethod
    def value(self, inputs: Tree) -> Array:
        """A scalar that depends on all outputs."""

    @abstractmethod
    def gradient(self, inputs: Tree, outputs: Tree) -> dict[str, Array]:
        """The gradient of ``value`` by every leaf of the inputs that has one, by path, as the subject gives it."""

    @abstractmethod
    def differentiable(self, path: str) -> bool:
        """Whether ``gradient`` is to have an entry for this (floating) leaf of the inputs."""

    @cached_property
    def inputs(self) -> Tree:
        """The example; its arrays cannot be written to."""
        return tree_map(_read_only, self.draw())

    @cached_property
    def on_numpy(self) -> Tree:
        """The outputs for the example, on NumPy."""
        return self.run(self.inputs)

    @cached_property
    def on_jax(self) -> Tree:
        """The outputs for the example, compiled by JAX, as NumPy arrays."""
        return in_jax(self.run, self.inputs)

    @cached_property
    def paths(self) -> tuple[str, ...]:
        """The leaves of the inputs that have a gradient."""
        return tuple(
            path for path, leaf in flatten(self.inputs).items() if floating(leaf) and self.differentiable(path)
        )

    @cached_property
    def automatic(self) -> dict[str, Array]:
        """The gradient of ``value`` at the example by automatic differentiation."""
        return oracles.automatic(self.value, self.paths)(self.inputs)


def floating(leaf: Array) -> bool:
    """Whether the numbers of an array are not whole."""
    return bool(np.issubdtype(leaf.dtype, np.floating))


def in_jax(function: Callable[[Tree], Tree], tree: Tree) -> Tree:
    """``function(tree)`` compiled by JAX in float64, as NumPy arrays."""
    import jax

    with jax.enable_x64(True):
        return tree_map(np.asarray, jax.jit(function, compiler_options=xla.options(xla.SELDOM_RUN))(tree))


def _read_only(leaf: Array) -> Array:
    leaf = leaf.copy()
    leaf.flags.writeable = False
    return leaf
