"""One input, several outputs."""

from __future__ import annotations

from pellucid.combinators.parallel import Parallel
from pellucid.trees import tree_map
from pellucid.types import Cache, Key, Params, State, Tree


class Fork(Parallel, init=False):
    """``y[name] = f_name(x)``: every branch gets the same x, outputs are kept apart by name.

    ``Fork(mean=Dense(8), log_variance=Dense(8))``. Backward adds up what comes back: ``dx = sum_i df_i(dy_i)``.
    Shapes: x as the branches take it; y a dict with the output of each. Raises ConfigError without a branch.
    """

    def init(self, key: Key, x: Tree) -> tuple[Params, State]:
        return super().init(key, dict.fromkeys(self.names, x))

    def forward(
        self, params: Params, state: State, x: Tree, key: Key | None = None, train: bool = False
    ) -> tuple[Tree, Cache, State]:
        return super().forward(params, state, dict.fromkeys(self.names, x), key, train)

    def backward(self, params: Params, cache: Cache, dy: Tree) -> tuple[Params, Tree]:
        dparams, dx = super().backward(params, cache, dy)
        return dparams, tree_map(lambda *parts: sum(parts[1:], parts[0]), *dx.values())
