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
from pellucid.runtime.compilation import prepare
from pellucid.trees import flatten, replace_leaves, tree_map
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
    def members(self) -> tuple[Tree, ...]:
        """Inputs of three members of a population: other weights, examples and keys for each."""
        return tuple(self.draw(seed) for seed in range(3))

    @cached_property
    def on_jax(self) -> Tree:
        """The outputs for the example, compiled by JAX, as NumPy arrays."""
        return self._compiled("outputs")

    @cached_property
    def members_on_jax(self) -> Tree:
        """The outputs for all members at once, by ``vmap``, compiled by JAX, as NumPy arrays."""
        return self._compiled("members")

    @cached_property
    def paths(self) -> tuple[str, ...]:
        """The leaves of the inputs that have a gradient."""
        return tuple(
            path for path, leaf in flatten(self.inputs).items() if floating(leaf) and self.differentiable(path)
        )

    @cached_property
    def automatic(self) -> dict[str, Array]:
        """The gradient of ``value`` at the example by automatic differentiation."""
        gradient: dict[str, Array] = self._compiled("gradient")
        return gradient

    @cached_property
    def _compiled_together(self) -> Tree:
        """All that is compiled, in one program, which takes two thirds of the time; {} where any part of it fails."""
        try:
            return self._in_jax("outputs", "members", "gradient")
        except Exception:  # each part alone tells the check that asks for it
            return {}

    def _compiled(self, part: str) -> Tree:
        return (self._compiled_together or self._in_jax(part))[part]

    def _in_jax(self, *parts: str) -> Tree:
        import jax

        functions: dict[str, Callable[[Tree], Tree]] = {
            "outputs": self.run,
            "members": jax.vmap(self.run),
            "gradient": oracles.reverse_mode(self.value, self.paths),
        }
        inputs = dict.fromkeys(parts, self.inputs)
        if "members" in parts:
            inputs["members"] = tree_map(lambda *leaves: np.stack(leaves), *self.members)
        return in_jax(lambda tree: {part: functions[part](tree[part]) for part in parts}, inputs)


def floating(leaf: Array) -> bool:
    """Whether the numbers of an array are not whole."""
    return bool(np.issubdtype(leaf.dtype, np.floating))


def in_jax(function: Callable[[Tree], Tree], tree: Tree) -> Tree:
    """``function(tree)`` compiled by JAX in float64, as NumPy arrays.

    Equal arrays are one argument: what two branches, such as use and training, make of them alike is compiled once.
    """
    import jax

    prepare()
    by_path = flatten(tree)
    first = {_content(leaf): path for path, leaf in reversed(by_path.items())}
    place = {path: first[_content(leaf)] for path, leaf in by_path.items()}

    def of_different(arrays: dict[str, Array]) -> Tree:
        return function(replace_leaves(tree, {path: arrays[same] for path, same in place.items()}))

    compiled = jax.jit(of_different, compiler_options=xla.options(xla.SELDOM_RUN))
    with jax.enable_x64(True):
        return tree_map(np.asarray, compiled({path: by_path[path] for path in set(place.values())}))


def _content(leaf: Array) -> tuple[object, ...]:
    return leaf.shape, leaf.dtype, leaf.tobytes()


def _read_only(leaf: Array) -> Array:
    leaf = leaf.copy()
    leaf.flags.writeable = False
    return leaf
