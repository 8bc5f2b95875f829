"""A tied autoencoder: its encoder, and the same backwards, by the transposes of the encoder's weights."""

from __future__ import annotations

from pellucid.blocks import TiedAutoencoder
from pellucid.derivation.decompositions.decomposition import decomposition_of
from pellucid.derivation.decompositions.trace_layer import trace_layer
from pellucid.derivation.primitives import Shift, TransposedDense
from pellucid.derivation.trace.trace import Tracer, Wire
from pellucid.layers import Dense
from pellucid.trees import join_path
from pellucid.types import Params, State


@decomposition_of(TiedAutoencoder)
def _tied(layer: TiedAutoencoder, tracer: Tracer, params: Params, state: State, x: Wire, path: str) -> Wire:
    children = layer.encoder.children()
    encoder, decoder = join_path(path, "encoder"), join_path(path, "decoder")
    stateless: State = {name: {} for name in children}
    y: Wire = trace_layer(layer.encoder, tracer, params["encoder"], stateless, x, encoder, None)
    decoding = False
    for name, child in reversed(children.items()):
        here = f"{decoder}/{name}"
        if isinstance(child, Dense):
            decoding = True
            W = {"W": params["encoder"][name]["W"]}
            sums = f"{here}/sum" if child.use_bias else here
            y = tracer.run(TransposedDense(), W, {}, y, f"{encoder}/{name}", None, name=sums)
            if child.use_bias:
                y = tracer.run(Shift(), params["decoder"][name], {}, y, here, None)
        elif decoding:  # what comes after the last Dense layer belongs to the code
            y = tracer.run(child, {}, {}, y, here, None)
    return y
