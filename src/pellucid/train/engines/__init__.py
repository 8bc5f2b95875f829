"""The two engines, and which one a problem gets."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from pellucid import trees, validate
from pellucid.combinators import record
from pellucid.errors import UnknownNameError
from pellucid.layer import Layer, shape_of
from pellucid.runtime.blas import on_one_core
from pellucid.train.engines.eager import Eager
from pellucid.train.engines.plan import Engine, Plan
from pellucid.types import Params, State, Tree

__all__ = ["Engine", "Plan", "Work", "choose_engine", "engine_named"]

SECONDS_A_LAYER = 1.5e-5
"""What a layer costs the eager engine in a step beside its arithmetic; measured on two cores."""
OPERATIONS_A_SECOND = 2e10
"""How fast the eager engine multiplies and adds; measured on two cores."""
WORTH_COMPILING = 3.0
"""Seconds of eager work from which importing JAX and compiling pays."""


@dataclass(frozen=True)
class Work:
    """What a network has to do for one example, by counts: ``layers``, how many ``multiplications`` forward, and the
    ``bytes`` of all outputs.

    Every weight is used at every place of every example: once in a Dense layer, once a window in a convolution, once
    a step in a recurrent layer.
    """

    layers: int
    multiplications: int
    bytes: int

    @classmethod
    @on_one_core()
    def of(cls, model: Layer, params: Params, state: State, x: Tree) -> Work:
        """That of ``model`` for examples like those of ``x``."""
        example = trees.tree_map(lambda leaf: np.zeros((1, *leaf.shape[1:]), leaf.dtype), x)
        with validate.shapes_alone():
            taps = record(model, params, state, example)
        multiplications = sum(_places(tap) * _size(params, path) for path, tap in taps.items())
        outputs = (leaf for tap in taps.values() for leaf in trees.leaves(tap["y"]))
        return cls(len(taps), multiplications, sum(leaf.nbytes for leaf in outputs))

    def seconds(self, batch_size: int) -> float:
        """About how long a step takes the eager engine: backward multiplies twice as often as forward, and to every
        multiplication belongs an addition.
        """
        operations = 6.0 * self.multiplications * batch_size
        return self.layers * SECONDS_A_LAYER + operations / OPERATIONS_A_SECOND


def choose_engine(work: Work, steps: int, batch_size: int) -> str:
    """The engine for so many steps. Compiled where the estimated eager time is long: an estimate by counts, not by the
    clock, so that the same problem always gets the same engine.
    """
    return "jax" if steps * work.seconds(batch_size) > WORTH_COMPILING else "numpy"


def engine_named(name: str, params: Params, multiplications: float = math.inf) -> Engine:
    """The engine called "numpy" or "jax", for weights of the dtype of ``params`` and steps of so many multiplications
    forward.
    """
    if name == "numpy":
        return Eager()
    if name == "jax":
        from pellucid.train.engines.compiled import Compiled

        return Compiled(next((leaf.dtype for leaf in trees.leaves(params)), np.float32), multiplications)
    raise UnknownNameError("engine", name, ("auto", "numpy", "jax"))


def _places(tap: dict[str, Tree]) -> int:
    """At how many places of an example a layer works: all axes before the features, going in or out."""
    return max(math.prod(shape_of(leaf)[:-1]) for part in ("x", "y") for leaf in trees.leaves(tap[part]))


def _size(params: Params, path: str) -> int:
    inside = f"{path}/" if path else ""
    return sum(int(leaf.size) for name, leaf in trees.items(params) if name.startswith(inside))
