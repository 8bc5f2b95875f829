"""The two engines, and which one a problem gets."""

from __future__ import annotations

import numpy as np

from pellucid import trees
from pellucid.combinators import Combinator
from pellucid.errors import UnknownNameError
from pellucid.layer import Layer
from pellucid.train.engines.eager import Eager
from pellucid.train.engines.plan import Engine, Plan
from pellucid.types import Params

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


def choose_engine(model: Layer, params: Params, steps: int, batch_size: int) -> str:
    """The engine for ``steps`` steps on batches of ``batch_size``: compiled where the estimated eager time is long.

    An estimate by counts, not by the clock, so that the same problem always gets the same engine: every weight is
    used three times an example (forward, dW, dx), for a multiplication and an addition each.
    """
    weights = sum(leaf.size for leaf in trees.leaves(params))
    seconds = steps * (_count(model) * SECONDS_A_LAYER + 6.0 * weights * batch_size / OPERATIONS_A_SECOND)
    return "jax" if seconds > WORTH_COMPILING else "numpy"


def _count(model: Layer) -> int:
    return sum(map(_count, model.layers)) if isinstance(model, Combinator) else 1
