"""A contractive layer: its code, and how much the code moves with the input."""

from __future__ import annotations

from pellucid.derivation.decompositions.decomposition import taken_apart
from pellucid.derivation.primitives import Contraction, Slope, SquaredLengths
from pellucid.derivation.trace.trace import Tracer, Wire
from pellucid.derivation.trace.wiring import joined
from pellucid.layers import ContractiveDense, Dense, Sigmoid
from pellucid.types import Params, State, Tree


@taken_apart(ContractiveDense)
def _contractive(layer: ContractiveDense, tracer: Tracer, params: Params, state: State, x: Wire, path: str) -> Tree:
    dense = Dense(layer.units, layer.use_bias)
    net = tracer.run(dense, params, {}, x, path, None, name=joined(path, "net"))
    code = tracer.run(layer.activation, {}, {}, net, joined(path, "code"), None)
    logistic = isinstance(layer.activation, Sigmoid)
    slope = tracer.run(Slope(logistic), {}, {}, code, joined(path, "slope"), None)
    W, name = {"W": params["W"]}, joined(path, "lengths")
    lengths = tracer.run(SquaredLengths(), W, {}, (), path, None, name=name, of_examples=False)
    parts = {"slope": slope, "lengths": lengths}
    return {"code": code, "contraction": tracer.run(Contraction(), {}, {}, parts, joined(path, "contraction"), None)}
