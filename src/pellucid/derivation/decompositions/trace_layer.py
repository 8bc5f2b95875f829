"""From a layer to the nodes and wires of a trace: a function with one method for each kind of layer."""

from __future__ import annotations

from functools import singledispatch

from pellucid.derivation.trace.trace import Tracer
from pellucid.layer import Layer
from pellucid.types import Key, Params, State, Tree


@singledispatch
def trace_layer(
    layer: Layer, tracer: Tracer, params: Params, state: State, x: Tree, path: str, key: Key | None
) -> Tree:
    """The output wires of ``layer`` at ``path`` for the input wires ``x``.

    A layer of a kind that is not registered is one node, whatever it is made of.
    """
    return tracer.run(layer, params, state, x, path, key)
