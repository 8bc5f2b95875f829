"""How combinators wire layers together: for each kind, which wires go where."""

from __future__ import annotations

from functools import singledispatch

from pellucid import ops
from pellucid.blocks import TransformerBlock
from pellucid.combinators import Chain, Concat, Fork, FromLast, Join, Parallel, Residual, TimeDistributed, WeightNoise
from pellucid.derivation.primitives import Add, Fold, Unfold
from pellucid.derivation.trace.trace import Tracer
from pellucid.layer import Layer
from pellucid.masked import Masked
from pellucid.types import Key, Params, State, Tree


@singledispatch
def wire_up(layer: Layer, tracer: Tracer, params: Params, state: State, x: Tree, path: str, key: Key | None) -> Tree:
    """The wires that come out of ``layer``: unless registered, it is one node, whatever it is made of."""
    return tracer.run(layer, params, state, x, path, key)


@wire_up.register
def _chain(layer: Chain, tracer: Tracer, params: Params, state: State, x: Tree, path: str, key: Key | None) -> Tree:
    for i, (name, child) in enumerate(layer.children().items()):
        x = wire_up(child, tracer, params[name], state[name], x, joined(path, name), _folded(key, i))
    return x


@wire_up.register
def _weight_noise(
    layer: WeightNoise, tracer: Tracer, params: Params, state: State, x: Tree, path: str, key: Key | None
) -> Tree:
    """In use a chain; in training its weights are not those that are trained, so it is shown whole."""
    if tracer.train:
        return tracer.run(layer, params, state, x, path, key)
    return _chain(layer, tracer, params, state, x, path, key)


@wire_up.register
def _from_last(
    layer: FromLast, tracer: Tracer, params: Params, state: State, x: Tree, path: str, key: Key | None
) -> Tree:
    """Shown whole: what the layers inside get is not a wire of the network."""
    return tracer.run(layer, params, state, x, path, key)


@wire_up.register
def _residual(
    layer: Residual, tracer: Tracer, params: Params, state: State, x: Tree, path: str, key: Key | None
) -> Tree:
    if isinstance(x, Masked):
        return tracer.run(layer, params, state, x, path, key)
    around = _chain(layer, tracer, params, state, x, path, key)
    return tracer.run(Add(), {}, {}, (x, around), joined(path, "sum"), None)


@wire_up.register
def _parallel(
    layer: Parallel, tracer: Tracer, params: Params, state: State, x: Tree, path: str, key: Key | None
) -> Tree:
    return {
        name: wire_up(child, tracer, params[name], state[name], x[name], joined(path, name), _folded(key, i))
        for i, (name, child) in enumerate(layer.children().items())
    }


@wire_up.register
def _fork(layer: Fork, tracer: Tracer, params: Params, state: State, x: Tree, path: str, key: Key | None) -> Tree:
    return _parallel(layer, tracer, params, state, dict.fromkeys(layer.names, x), path, key)


@wire_up.register
def _concat(layer: Concat, tracer: Tracer, params: Params, state: State, x: Tree, path: str, key: Key | None) -> Tree:
    ys = _fork(layer, tracer, params, state, x, path, key)
    return tracer.run(Join(), {}, {}, tuple(ys[name] for name in layer.names), joined(path, "join"), None)


@wire_up.register
def _time_distributed(
    layer: TimeDistributed, tracer: Tracer, params: Params, state: State, x: Tree, path: str, key: Key | None
) -> Tree:
    if isinstance(x, Masked):
        return tracer.run(layer, params, state, x, path, key)
    rows = tracer.run(Fold(), {}, {}, x, joined(path, "rows"), None)
    y = _chain(layer, tracer, params, state, rows, path, key)
    return tracer.run(Unfold(x.value.shape[1]), {}, {}, y, joined(path, "steps"), None)


@wire_up.register
def _transformer_block(
    layer: TransformerBlock, tracer: Tracer, params: Params, state: State, x: Tree, path: str, key: Key | None
) -> Tree:
    if isinstance(x, Masked):
        return tracer.run(layer, params, state, x, path, key)
    return _chain(layer.network(x.value.shape[-1]), tracer, params, state, x, path, key)


def joined(path: str, name: str) -> str:
    """The path of what is called ``name`` inside ``path``."""
    return f"{path}/{name}" if path else name


def _folded(key: Key | None, i: int) -> Key | None:
    return None if key is None else ops.fold_in(key, i)
