"""The same layers at every step of a sequence."""

from __future__ import annotations

import numpy as np

from pellucid.combinators.chain import Chain
from pellucid.errors import ShapeError
from pellucid.layer import shape_of
from pellucid.masked import values_of, with_values
from pellucid.types import Array, Cache, HasShape, Key, Params, State, Tree


class TimeDistributed(Chain, init=False):
    """``y_t = f(x_t)`` for every step t of a sequence, f being the chain of the layers inside.

    The steps of all examples are one batch (B T, ...) to the layers inside, and their params, state and cache are as
    there: a ``BatchNorm`` takes its mean over steps and examples. Backward: that of the chain on this batch.
    Shapes: x (B, T, ...) as f takes it behind T; y (B, T, ...). Of ``Masked`` x the padding goes through f like every
    step, and y is Masked with the same mask. (``Dense`` alone needs no help on plain x (B, T, D).)
    Raises ShapeError for x without an axis of time.
    """

    def init(self, key: Key, x: Tree) -> tuple[Params, State]:
        values = _values(self, x)
        return super().init(key, np.zeros((1, *shape_of(values)[2:]), values.dtype))

    def forward(
        self, params: Params, state: State, x: Tree, key: Key | None = None, train: bool = False
    ) -> tuple[Tree, Cache, State]:
        values = _values(self, x)
        y, cache, state = super().forward(params, state, _folded(values), key, train)
        return with_values(x, _unfolded(y, values)), cache, state

    def backward(self, params: Params, cache: Cache, dy: Tree) -> tuple[Params, Tree]:
        dvalues = values_of(dy)
        dparams, dx = super().backward(params, cache, _folded(dvalues))
        return dparams, with_values(dy, _unfolded(dx, dvalues))


def _values(layer: TimeDistributed, x: Tree) -> HasShape:
    values: HasShape = values_of(x)
    if len(values.shape) < 3:
        raise ShapeError(f"{layer!r} needs x of shape (batch, time, ...), not {shape_of(values)}")
    return values


def _folded(x: Array) -> Array:
    """(B, T, ...) as (B T, ...)."""
    return x.reshape(-1, *x.shape[2:])


def _unfolded(rows: Array, like: HasShape) -> Array:
    """(B T, ...) with the first two axes of ``like``."""
    return rows.reshape(*like.shape[:2], *rows.shape[1:])
