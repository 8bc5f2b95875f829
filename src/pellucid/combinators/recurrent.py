"""A cell taken through time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from pellucid import ops, require
from pellucid.errors import ShapeError
from pellucid.layer import Cell, Layer, shape_of
from pellucid.trees import leaves, tree_map
from pellucid.types import Array, Cache, HasShape, Key, Params, State, Tree

if TYPE_CHECKING:
    from jaxtyping import Float


class Recurrent(Layer):
    """``carry_t, y_t = cell(carry_{t-1}, x_t)`` for t = 1 ... T: one cell, with the same weights at every step.

    Backward is back-propagation through time, over all T steps: from the last step to the first, each gets dy_t and
    what the step after it says about the carry between them, and ``dparams = sum_t dparams_t``.
    Shapes: x (B, T, D); y (B, T, K), or (B, K), that of the last step, with ``return_sequences=False``. ``reverse``
    goes from t = T to 1: y_t stays at place t, and the last step is t = 1. Params are those of the cell; the cache is
    that of the cell, with a time axis after the batch axis. Two of them, one in reverse, in a ``Concat`` read a
    sequence both ways.
    Raises ShapeError unless x has three axes and at least one step. Source: Werbos 1990, "Backpropagation through
    time: what it does and how to do it".
    """

    cell: Cell
    return_sequences: bool = True
    reverse: bool = False

    def __post_init__(self) -> None:
        require.instance(self, "cell", self.cell, Cell)
        require.instance(self, "return_sequences", self.return_sequences, bool)
        require.instance(self, "reverse", self.reverse, bool)

    def init(self, key: Key, x: HasShape) -> tuple[Params, State]:
        self._check_sequence(x)
        return self.cell.init(key, np.zeros((1, shape_of(x)[-1]), x.dtype)), {}

    def forward(
        self, params: Params, state: State, x: Float[Array, "B T D"], key: Key | None = None, train: bool = False
    ) -> tuple[Float[Array, "B *T K"], Cache, State]:
        self._check_sequence(x)

        def step(carry: Tree, x: Array) -> tuple[Tree, tuple[Array, Cache]]:
            carry, y, cache = self.cell.forward(params, carry, x)
            return carry, (y, cache)

        start = self.cell.start(params, x.shape[0], x.dtype)
        _, (y, cache) = ops.scan(step, start, _swapped(x), self.reverse)
        y = _swapped(y) if self.return_sequences else y[0 if self.reverse else -1]
        return y, tree_map(_swapped, cache), state

    def backward(
        self, params: Params, cache: Cache, dy: Float[Array, "B *T K"]
    ) -> tuple[Params, Float[Array, "B T D"]]:
        xp = ops.namespace(dy)
        cache = tree_map(_swapped, cache)
        if self.return_sequences:
            dy = _swapped(dy)
        else:
            steps = xp.arange(next(leaves(cache)).shape[0])
            is_last = steps == (0 if self.reverse else steps[-1])
            dy = xp.where(is_last[:, None, None], dy, 0.0)

        def step(carry: Tree, given: Tree) -> tuple[Tree, Array]:
            (dparams, dcarry), (dy, cache) = carry, given
            more, dcarry, dx = self.cell.backward(params, cache, dcarry, dy)
            return (tree_map(lambda a, b: a + b, dparams, more), dcarry), dx

        start = self.cell.start(params, dy.shape[1], dy.dtype)
        zeros = tree_map(xp.zeros_like, (params, start))
        (dparams, _), dx = ops.scan(step, zeros, (dy, cache), not self.reverse)
        return dparams, _swapped(dx)

    def _check_sequence(self, x: HasShape) -> None:
        if len(x.shape) != 3:
            raise ShapeError(f"{self!r} needs x of shape (batch, time, features), not {shape_of(x)}")
        if x.shape[1] == 0:
            raise ShapeError(
                f"{self!r} needs at least one time step, but x has shape {shape_of(x)}: leave empty sequences out"
            )


def _swapped(x: Array) -> Array:
    """Batch first to time first, and back."""
    return x.swapaxes(0, 1)
