"""How a decomposition of a layer is registered, and checked against the layer itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

import numpy as np

from pellucid.derivation.algebra.step import TOLERANCE
from pellucid.derivation.decompositions.trace_layer import trace_layer
from pellucid.derivation.trace.trace import Tracer, Wire
from pellucid.errors import ExplainError
from pellucid.layer import Layer
from pellucid.trees import flatten
from pellucid.types import Key, Params, State, Tree

Decomposition: TypeAlias = Callable[[Any, Tracer, Params, State, Wire, str], Tree]
"""(layer, tracer, params, state, x, path) to the output wires."""


def decomposition_of(kind: type[Layer]) -> Callable[[Decomposition], Decomposition]:
    """Register the decomposition of layers of this very class; a subclass may compute something else.

    A layer stays one node where its input is not a single array, such as a masked sequence. Raises ExplainError
    where the decomposition computes another output than the layer.
    """

    def register(decompose: Decomposition) -> Decomposition:
        def trace_parts(
            layer: Layer, tracer: Tracer, params: Params, state: State, x: Tree, path: str, key: Key | None
        ) -> Tree:
            if type(layer) is not kind or not isinstance(x, Wire):
                return tracer.run(layer, params, state, x, path, key)
            y = decompose(layer, tracer, params, state, x, path)
            if tracer.compares:
                whole, _, _ = layer.forward(params, state, x.value, key, tracer.train)
                _compare(layer, flatten(y), flatten(whole))
            return y

        trace_layer.register(kind, trace_parts)
        return decompose

    return register


def _compare(layer: Layer, wires: dict[str, Wire], values: dict[str, np.ndarray]) -> None:
    for path, value in values.items():
        with np.errstate(invalid="ignore"):  # what is not finite is reported elsewhere
            off = np.abs(wires[path].value - value)
        if (off > TOLERANCE * max(1.0, np.abs(value).max())).any():
            raise ExplainError(
                f"the decomposition of {layer!r} is off by {off.max()} from the layer itself; please report this"
            )
