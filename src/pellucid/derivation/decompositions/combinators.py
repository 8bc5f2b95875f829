"""Combinators: which wires lead from which layer to which."""

from __future__ import annotations

from pellucid import ops
from pellucid.blocks import TransformerBlock
from pellucid.combinators import Chain, Concat, Fork, FromLast, Join, Parallel, Residual, TimeDistributed, WeightNoise
from pellucid.derivation.decompositions.trace_layer import trace_layer
from pellucid.derivation.primitives import Add, AddLast, Fold, SubtractLast, Unfold
from pellucid.derivation.trace.trace import Tracer, Wire
from pellucid.masked import Masked
from pellucid.trees import join_path
from pellucid.types import Key, Params, State, Tree


@trace_layer.register
def _chain(layer: Chain, tracer: Tracer, params: Params, state: State, x: Tree, path: str, key: Key | None) -> Tree:
    for i, (name, child) in enumerate(layer.children().items()):
        x = trace_layer(child, tracer, params[name], state[name], x, join_path(path, name), _child_key(key, i))
    return x


@trace_layer.register
def _weight_noise(
    layer: WeightNoise, tracer: Tracer, params: Params, state: State, x: Tree, path: str, key: Key | None
) -> Tree:
    """In use a chain; in training its weights are not those that are trained, so it is shown whole."""
    if tracer.train:
        return tracer.run(layer, params, state, x, path, key)
    return _chain(layer, tracer, params, state, x, path, key)


@trace_layer.register
def _from_last(
    layer: FromLast, tracer: Tracer, params: Params, state: State, x: Tree, path: str, key: Key | None
) -> Tree:
    if not isinstance(x, Wire):
        return tracer.run(layer, params, state, x, path, key)
    changes = tracer.run(SubtractLast(), {}, {}, x, join_path(path, "difference"), None)
    y = _chain(layer, tracer, params, state, changes, path, key)
    return tracer.run(AddLast(), {}, {}, (x, y), join_path(path, "sum"), None)


@trace_layer.register
def _residual(
    layer: Residual, tracer: Tracer, params: Params, state: State, x: Tree, path: str, key: Key | None
) -> Tree:
    if isinstance(x, Masked):
        return tracer.run(layer, params, state, x, path, key)
    around = _chain(layer, tracer, params, state, x, path, key)
    return tracer.run(Add(), {}, {}, (x, around), join_path(path, "sum"), None)


@trace_layer.register
def _parallel(
    layer: Parallel, tracer: Tracer, params: Params, state: State, x: Tree, path: str, key: Key | None
) -> Tree:
    return {
        name: trace_layer(child, tracer, params[name], state[name], x[name], join_path(path, name), _child_key(key, i))
        for i, (name, child) in enumerate(layer.children().items())
    }


@trace_layer.register
def _fork(layer: Fork, tracer: Tracer, params: Params, state: State, x: Tree, path: str, key: Key | None) -> Tree:
    return _parallel(layer, tracer, params, state, dict.fromkeys(layer.names, x), path, key)


@trace_layer.register
def _concat(layer: Concat, tracer: Tracer, params: Params, state: State, x: Tree, path: str, key: Key | None) -> Tree:
    ys = _fork(layer, tracer, params, state, x, path, key)
    return tracer.run(Join(), {}, {}, tuple(ys[name] for name in layer.names), join_path(path, "join"), None)


@trace_layer.register
def _time_distributed(
    layer: TimeDistributed, tracer: Tracer, params: Params, state: State, x: Tree, path: str, key: Key | None
) -> Tree:
    if isinstance(x, Masked):
        return tracer.run(layer, params, state, x, path, key)
    rows = tracer.run(Fold(), {}, {}, x, join_path(path, "rows"), None)
    y = _chain(layer, tracer, params, state, rows, path, key)
    return tracer.run(Unfold(x.value.shape[1]), {}, {}, y, join_path(path, "steps"), None)


@trace_layer.register
def _transformer_block(
    layer: TransformerBlock, tracer: Tracer, params: Params, state: State, x: Tree, path: str, key: Key | None
) -> Tree:
    if isinstance(x, Masked):
        return tracer.run(layer, params, state, x, path, key)
    return _chain(layer.network(x.value.shape[-1]), tracer, params, state, x, path, key)


def _child_key(key: Key | None, i: int) -> Key | None:
    return None if key is None else ops.fold_in(key, i)
