"""The two engines, and which one a problem gets."""

from __future__ import annotations

import math

import numpy as np

from pellucid import require, trees
from pellucid.combinators import record
from pellucid.errors import UnknownNameError
from pellucid.layer import Layer, shape_of
from pellucid.train.engines.eager import Eager
from pellucid.train.engines.plan import Engine, Plan
from pellucid.types import Params, State, Tree

__all__ = ["Engine", "Plan", "choose_engine", "engine_named"]

SECONDS_A_LAYER = 1.5e-5
"""What a layer costs the eager engine in a step beside its arithmetic; measured on two cores."""
OPERATIONS_A_SECOND = 2e10
"""How fast the eager engine multiplies and adds; measured on two cores."""
WORTH_COMPILING = 3.0
"""Seconds of eager work from which importing JAX and compiling pays."""


def engine_named(name: str, params: Params) -> Engine:
    """The engine called "numpy" or "jax", for weights of the dtype of ``params``."""
    if name == "numpy":
        return Eager()
    if name == "jax":
        from pellucid.train.engines.compiled import Compiled

        return Compiled(next((leaf.dtype for leaf in trees.leaves(params)), np.float32))
    raise UnknownNameError("engine", name, ("auto", "numpy", "jax"))


def choose_engine(model: Layer, params: Params, state: State, x: Tree, steps: int, batch_size: int) -> str:
    """The engine for ``steps`` steps on batches of ``batch_size`` examples like those of ``x``.

    Compiled where the estimated eager time is long: an estimate by counts, not by the clock, so that the same problem
    always gets the same engine. Every weight is used three times (forward, dW, dx), for a multiplication and an
    addition each, at every place of every example: once in a Dense layer, once a window in a convolution, once a step
    in a recurrent layer.
    """
    example = trees.tree_map(lambda leaf: np.zeros((1, *leaf.shape[1:]), leaf.dtype), x)
    with require.shapes_alone():
        taps = record(model, params, state, example)
    uses = sum(_places(tap) * _size(params, path) for path, tap in taps.items())
    seconds = steps * (len(taps) * SECONDS_A_LAYER + 6.0 * uses * batch_size / OPERATIONS_A_SECOND)
    return "jax" if seconds > WORTH_COMPILING else "numpy"


def _places(tap: dict[str, Tree]) -> int:
    """At how many places of an example a layer works: all axes before the features, going in or out."""
    return max(math.prod(shape_of(leaf)[:-1]) for part in ("x", "y") for leaf in trees.leaves(tap[part]))


def _size(params: Params, path: str) -> int:
    inside = f"{path}/" if path else ""
    return sum(int(leaf.size) for name, leaf in trees.items(params) if name.startswith(inside))
