"""Attention: queries, keys and values; scores, weights, and the output of each head."""

from __future__ import annotations

from pellucid.derivation.decompositions.decomposition import decomposition_of
from pellucid.derivation.primitives import AttentionWeights, Scores, WeightedSum
from pellucid.derivation.trace.trace import Tracer, Wire
from pellucid.layers import Dense, MultiHeadAttention
from pellucid.trees import join_path
from pellucid.types import Params, State


@decomposition_of(MultiHeadAttention)
def _attention(layer: MultiHeadAttention, tracer: Tracer, params: Params, state: State, x: Wire, path: str) -> Wire:
    heads, causal = layer.heads, layer.causal

    def dense(name: str, x: Wire) -> Wire:
        units = params[name]["W"].shape[1]
        y: Wire = tracer.run(Dense(units, layer.use_bias), params[name], {}, x, join_path(path, name), None)
        return y

    q, k, v = (dense(name, x) for name in ("q", "k", "v"))
    scores = tracer.run(Scores(heads, causal), {}, {}, {"q": q, "k": k}, join_path(path, "scores"), None)
    weights = tracer.run(AttentionWeights(heads, causal), {}, {}, scores, join_path(path, "weights"), None)
    parts = {"weights": weights, "v": v}
    return dense("output", tracer.run(WeightedSum(heads, causal), {}, {}, parts, join_path(path, "heads"), None))
