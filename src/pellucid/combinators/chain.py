"""Layers one after another."""

from __future__ import annotations

from pellucid import ops
from pellucid.combinators.combinator import Combinator, init_child, run_child
from pellucid.types import Cache, Key, Params, State, Tree


class Chain(Combinator, init=False):
    """``y = f_n(... f_2(f_1(x)))``; backward takes the chain rule from the last layer to the first.

    An empty chain is the identity. Shapes: those of its layers, each taking what the one before it gives.
    """

    def init(self, key: Key, x: Tree) -> tuple[Params, State]:
        params: Params = {}
        state: State = {}
        for i, (name, layer) in enumerate(self.children().items()):
            params[name], state[name], x = init_child(name, layer, ops.fold_in(key, i), x)
        return params, state

    def forward(
        self, params: Params, state: State, x: Tree, key: Key | None = None, train: bool = False
    ) -> tuple[Tree, Cache, State]:
        cache: Cache = {}
        after: State = {}
        for i, (name, layer) in enumerate(zip(self.names, self.layers, strict=True)):
            child_key = None if key is None else ops.fold_in(key, i)
            x, cache[name], after[name] = run_child(name, layer, params, state, x, child_key, train)
        return x, cache, after

    def backward(self, params: Params, cache: Cache, dy: Tree) -> tuple[Params, Tree]:
        dparams: Params = dict.fromkeys(self.names)
        for name, layer in zip(reversed(self.names), reversed(self.layers), strict=True):
            dparams[name], dy = layer.backward(params[name], cache[name], dy)
        return dparams, dy
