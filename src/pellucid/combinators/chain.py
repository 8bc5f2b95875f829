"""Layers one after another."""

from __future__ import annotations

from pellucid import ops
from pellucid.combinators.combinator import Combinator, init_child, locate
from pellucid.types import Cache, Key, Params, State, Tree


class Chain(Combinator, init=False):
    """``y = f_n(... f_2(f_1(x)))``; backward takes the chain rule from the last layer to the first.

    An empty chain is the identity. Shapes: those of its layers, each taking what the one before it gives.
    """

    def init(self, key: Key, x: Tree) -> tuple[Params, State]:
        params: Params = {}
        state: State = {}
        for i, (name, layer) in enumerate(self.named_layers):
            params[name], state[name], x = init_child(name, layer, ops.fold_in(key, i), x)
        return params, state

    def forward(
        self, params: Params, state: State, x: Tree, key: Key | None = None, train: bool = False
    ) -> tuple[Tree, Cache, State]:
        cache: Cache = {}
        after: State = {}
        for i, (name, layer) in enumerate(self.named_layers):
            child_key = None if key is None else ops.fold_in(key, i)
            try:
                x, cache[name], after[name] = layer.forward(params[name], state[name], x, child_key, train)
            except Exception as error:
                locate(error, name, layer, x)
                raise
        return x, cache, after

    def backward(self, params: Params, cache: Cache, dy: Tree) -> tuple[Params, Tree]:
        dparams: Params = dict.fromkeys(self.names)
        for name, layer in reversed(self.named_layers):
            dparams[name], dy = layer.backward(params[name], cache[name], dy)
        return dparams, dy
