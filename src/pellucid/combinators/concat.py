"""Layers side by side."""

from __future__ import annotations

from pellucid import ops
from pellucid.combinators.combinator import Combinator, init_child, run_child
from pellucid.errors import ConfigError, ShapeError
from pellucid.layer import shape_of
from pellucid.trees import tree_map
from pellucid.types import Array, Cache, Key, Params, State, Tree


class Concat(Combinator, init=False):
    """``y = [f_1(x), ..., f_n(x)]``: every branch gets the same x, outputs are joined on the last axis.

    Backward cuts dy at the joints and adds up what comes back: ``dx = sum_i df_i(dy_i)``. The cache keeps the
    outputs of the branches as ``ys``, by name. Shapes: y (B, ..., sum of the branches' last axes).
    Raises ConfigError without a branch or with one named ``ys``, ShapeError where outputs differ on another axis than
    the last.
    """

    def init(self, key: Key, x: Tree) -> tuple[Params, State]:
        if not self.layers:
            raise ConfigError("Concat() has no branches: give it at least one layer")
        if "ys" in self.names:
            raise ConfigError(f"{self!r} cannot name a branch 'ys': that is where the cache keeps their outputs")
        params: Params = {}
        state: State = {}
        for i, (name, layer) in enumerate(self.children().items()):
            params[name], state[name], _ = init_child(name, layer, ops.fold_in(key, i), x)
        return params, state

    def forward(
        self, params: Params, state: State, x: Tree, key: Key | None = None, train: bool = False
    ) -> tuple[Array, Cache, State]:
        ys: dict[str, Array] = {}
        cache: Cache = {"ys": ys}
        after: State = {}
        for i, (name, layer) in enumerate(self.children().items()):
            child_key = None if key is None else ops.fold_in(key, i)
            ys[name], cache[name], after[name] = run_child(name, layer, params, state, x, child_key, train)
        if len({y.shape[:-1] for y in ys.values()}) > 1:
            raise ShapeError(
                f"{self!r} joins outputs on the last axis, so the others must agree, not "
                f"{', '.join(str(shape_of(y)) for y in ys.values())}"
            )
        first = next(iter(ys.values()))
        return ops.namespace(first).concatenate(list(ys.values()), axis=-1), cache, after

    def backward(self, params: Params, cache: Cache, dy: Array) -> tuple[Params, Tree]:
        dparams: Params = {}
        dx: Tree = None
        start = 0
        for name, layer in self.children().items():
            end = start + cache["ys"][name].shape[-1]
            dparams[name], part = layer.backward(params[name], cache[name], dy[..., start:end])
            dx = part if dx is None else tree_map(lambda a, b: a + b, dx, part)
            start = end
        return dparams, dx
