"""Layers on the same input, their outputs concatenated."""

from __future__ import annotations

from pellucid.combinators.fork import Fork
from pellucid.combinators.join import concatenate_last_axis, split_last_axis
from pellucid.errors import ConfigError
from pellucid.types import Cache, Key, Params, State, Tree


class Concat(Fork, init=False):
    """``y = [f_1(x), ..., f_n(x)]``: every branch gets the same x, outputs are joined on the last axis.

    Backward cuts dy at the joints and adds up what comes back: ``dx = sum_i df_i(dy_i)``. The cache keeps the
    outputs of the branches as ``ys``, by name. Shapes: y (B, ..., sum of the branches' last axes); Masked where all
    branches' outputs are.
    Raises ConfigError without a branch or with one named ``ys``, ShapeError where outputs differ on another axis than
    the last.
    """

    def init(self, key: Key, x: Tree) -> tuple[Params, State]:
        if "ys" in self.names:
            raise ConfigError(f"{self!r} cannot name a branch 'ys': that is where the cache keeps their outputs")
        return super().init(key, x)

    def forward(
        self, params: Params, state: State, x: Tree, key: Key | None = None, train: bool = False
    ) -> tuple[Tree, Cache, State]:
        ys, cache, state = super().forward(params, state, x, key, train)
        return concatenate_last_axis(self, list(ys.values())), {"ys": ys, **cache}, state

    def backward(self, params: Params, cache: Cache, dy: Tree) -> tuple[Params, Tree]:
        pieces = split_last_axis(dy, [cache["ys"][name] for name in self.names])
        return super().backward(params, cache, dict(zip(self.names, pieces, strict=True)))
