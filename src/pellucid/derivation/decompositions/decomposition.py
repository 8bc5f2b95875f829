"""How a layer is registered to be taken apart, and proved to come to the same."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

import numpy as np

from pellucid.derivation.algebra.step import TOLERANCE
from pellucid.derivation.trace.trace import Tracer, Wire
from pellucid.derivation.trace.wiring import wire_up
from pellucid.errors import ExplainError
from pellucid.layer import Layer
from pellucid.trees import flatten
from pellucid.types import Key, Params, State, Tree

Apart: TypeAlias = Callable[[Any, Tracer, Params, State, Wire, str], Tree]
"""(layer, tracer, params, state, x, path) to the wires that come out."""


def taken_apart(kind: type[Layer]) -> Callable[[Apart], Apart]:
    """Register how layers of just this class are taken apart; what derives from it may do something else.

    A layer stays one node where its input is not a single array, such as a masked sequence. Raises ExplainError
    where what comes out is not what the layer itself gives.
    """

    def register(apart: Apart) -> Apart:
        def wired(
            layer: Layer, tracer: Tracer, params: Params, state: State, x: Tree, path: str, key: Key | None
        ) -> Tree:
            if type(layer) is not kind or not isinstance(x, Wire):
                return tracer.run(layer, params, state, x, path, key)
            y = apart(layer, tracer, params, state, x, path)
            if tracer.agrees:
                whole, _, _ = layer.forward(params, state, x.value, key, tracer.train)
                _compare(layer, flatten(y), flatten(whole))
            return y

        wire_up.register(kind, wired)
        return apart

    return register


def _compare(layer: Layer, wires: dict[str, Wire], values: dict[str, np.ndarray]) -> None:
    for path, value in values.items():
        with np.errstate(invalid="ignore"):  # what is not finite is said elsewhere
            off = np.abs(wires[path].value - value)
        if (off > TOLERANCE * max(1.0, np.abs(value).max())).any():
            raise ExplainError(
                f"{layer!r} taken apart is off by {off.max()} from what it gives itself; please report this"
            )
