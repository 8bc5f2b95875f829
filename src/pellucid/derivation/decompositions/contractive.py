"""A contractive layer: its code, and how much the code changes with the input."""

from __future__ import annotations

from pellucid.derivation.decompositions.decomposition import decomposition_of
from pellucid.derivation.primitives import Contraction, Slope, SquaredLengths
from pellucid.derivation.trace.trace import Tracer, Wire
from pellucid.layers import ContractiveDense, Dense, Sigmoid
from pellucid.trees import join_path
from pellucid.types import Params, State, Tree


@decomposition_of(ContractiveDense)
def _contractive(layer: ContractiveDense, tracer: Tracer, params: Params, state: State, x: Wire, path: str) -> Tree:
    dense = Dense(layer.units, layer.use_bias)
    net = tracer.run(dense, params, {}, x, path, None, name=join_path(path, "net"))
    code = tracer.run(layer.activation, {}, {}, net, join_path(path, "code"), None)
    logistic = isinstance(layer.activation, Sigmoid)
    slope = tracer.run(Slope(logistic), {}, {}, code, join_path(path, "slope"), None)
    W, name = {"W": params["W"]}, join_path(path, "lengths")
    lengths = tracer.run(SquaredLengths(), W, {}, (), path, None, name=name, of_examples=False)
    parts = {"slope": slope, "lengths": lengths}
    return {"code": code, "contraction": tracer.run(Contraction(), {}, {}, parts, join_path(path, "contraction"), None)}
