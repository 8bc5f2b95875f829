"""Layers side by side, each with an input and an output of its own."""

from __future__ import annotations

from pellucid import ops
from pellucid.combinators.combinator import Combinator, init_child, locate
from pellucid.errors import ConfigError, ShapeError
from pellucid.layer import shape_of
from pellucid.trees import tree_map
from pellucid.types import Cache, Key, Params, State, Tree


class Parallel(Combinator, init=False):
    """``y[name] = f_name(x[name])``: inputs by name, each through its own layer, outputs by the same names.

    ``Parallel(image=Chain(...), table=Identity())``. Backward goes through every layer alone:
    ``dx[name] = df_name(dy[name])``. Shapes: x and y are dicts, each entry as its layer has it.
    Raises ConfigError without a layer, ShapeError where x is no dict with just these names.
    """

    def init(self, key: Key, x: Tree) -> tuple[Params, State]:
        if not self.layers:
            raise ConfigError(f"{self!r} has no branches: give it at least one layer")
        self._check_names(x)
        params: Params = {}
        state: State = {}
        for i, (name, layer) in enumerate(self.named_layers):
            params[name], state[name], _ = init_child(name, layer, ops.fold_in(key, i), x[name])
        return params, state

    def forward(
        self, params: Params, state: State, x: Tree, key: Key | None = None, train: bool = False
    ) -> tuple[Tree, Cache, State]:
        self._check_names(x)
        y: dict[str, Tree] = {}
        cache: Cache = {}
        after: State = {}
        for i, (name, layer) in enumerate(self.named_layers):
            child_key = None if key is None else ops.fold_in(key, i)
            try:
                y[name], cache[name], after[name] = layer.forward(params[name], state[name], x[name], child_key, train)
            except Exception as error:
                locate(error, name, layer, x[name])
                raise
        return y, cache, after

    def backward(self, params: Params, cache: Cache, dy: Tree) -> tuple[Params, Tree]:
        dparams: Params = {}
        dx: dict[str, Tree] = {}
        for name, layer in self.named_layers:
            dparams[name], dx[name] = layer.backward(params[name], cache[name], dy[name])
        return dparams, dx

    def _check_names(self, x: Tree) -> None:
        if not isinstance(x, dict) or x.keys() != set(self.names):
            given = f"with {', '.join(map(str, x))}" if isinstance(x, dict) else f"x of shape {tree_map(shape_of, x)}"
            raise ShapeError(f"{self!r} needs x as a dict with {', '.join(self.names)}, not {given}")
