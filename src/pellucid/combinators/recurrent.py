"""The recurrent layer: a cell applied at every time step."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from pellucid import ops, validate
from pellucid.errors import ConfigError, ShapeError
from pellucid.layer import Cell, Layer, shape_of
from pellucid.layers.features import check_sequence
from pellucid.masked import Masked, nan_if_empty, require_a_step, values_of
from pellucid.shape_inference import check_returned, first_cell_weights
from pellucid.trees import tree_map
from pellucid.types import Array, Cache, Key, Params, State, Tree

if TYPE_CHECKING:
    from jaxtyping import Bool, Float


class Recurrent(Layer):
    """``carry_t, y_t = cell(carry_{t-1}, x_t)`` for t = 1 ... T: one cell, with the same weights at every step.

    Backward is back-propagation through time, over all T steps: from the last step to the first, each gets dy_t and
    what the step after it says about the carry between them, and ``dparams = sum_t dparams_t``.
    Shapes: x (B, T, D); y (B, T, K), or (B, K), that of the last step, with ``return_sequences=False``. ``reverse``
    goes from t = T to 1: y_t stays at place t, and the last step is t = 1. Two of them, one in reverse, in a
    ``Concat`` read a sequence both ways. Params are those of the cell; the cache has ``x``, and as ``steps`` what the
    cell keeps, with a time axis after the batch axis.
    x may be ``Masked``: at steps of padding the carry stays as it is and y is 0; y is then Masked too, or with
    ``return_sequences=False`` the output of the last step that is there.
    ``streams`` makes the layer go on where the batch before ended: in training, example b of each batch continues
    example b of the one before. The carries are its state; gradients end at the batch's first step, which makes
    training on the pieces of a long series truncated back-propagation through time. It needs batches of just so many
    examples in that order (``split_into_streams``, and ``fit(shuffle=False)``). In use each starts afresh.
    Raises ConfigError for ``streams`` in reverse, ShapeError unless x has three axes, at least one step, and as many
    examples as ``streams`` in training; DataError for a mask that hides all of an example. Sources: Werbos 1990,
    "Backpropagation through time: what it does and how to do it"; Williams and Peng 1990, "An efficient
    gradient-based algorithm for on-line training of recurrent network trajectories", for the truncated form.
    """

    cell: Cell
    return_sequences: bool = True
    reverse: bool = False
    streams: int | None = None

    def __post_init__(self) -> None:
        validate.instance(self, "cell", self.cell, Cell)
        validate.instance(self, "return_sequences", self.return_sequences, bool)
        validate.instance(self, "reverse", self.reverse, bool)
        if self.streams is not None:
            validate.positive_int(self, "streams", self.streams)
            if self.reverse:
                raise ConfigError(f"{self!r}: a carry goes ahead in time: leave out streams, or reverse")

    def follows_order(self) -> bool:
        """With ``streams``."""
        return self.streams is not None

    def init(self, key: Key, x: Tree) -> tuple[Params, State]:
        values, _ = self._values_and_steps(x)
        params = first_cell_weights(self.cell, key, np.zeros((1, shape_of(values)[-1]), values.dtype))
        return params, {} if self.streams is None else {"carry": self.cell.start(params, self.streams, values.dtype)}

    def forward(
        self, params: Params, state: State, x: Tree, key: Key | None = None, train: bool = False
    ) -> tuple[Tree, Cache, State]:
        values, visible = self._values_and_steps(x)
        xp = ops.namespace(values)

        def step(carry: Tree, at_t: Tree) -> tuple[Tree, tuple[Array, Cache]]:
            x, there = at_t
            returned = self.cell.forward(params, carry, x)
            after, y, cache = check_returned(self.cell, "forward", returned, ("carry", "y", "cache"))
            return _chosen(there, after, carry), (_chosen(there, y, xp.zeros_like(y)), cache)

        goes_on = train and self.streams is not None
        start = self._kept(state, values) if goes_on else self.cell.start(params, values.shape[0], values.dtype)
        projected = self.cell.project(params, _swapped(values))
        carry, (ys, steps) = ops.scan(step, start, (projected, visible), self.reverse)
        cache = {"x": x, "steps": tree_map(_swapped, steps)}
        y = _swapped(ys) if self.return_sequences else xp.where(self._is_last(ys, visible), ys, 0.0).sum(axis=0)
        if visible is not None:
            require_a_step(self, x.visible)
            y = nan_if_empty(x.visible, y)
            y = Masked(y, x.mask) if self.return_sequences else y
        return y, cache, {"carry": carry} if goes_on else state

    def backward(self, params: Params, cache: Cache, dy: Tree) -> tuple[Params, Tree]:
        x, steps = cache["x"], tree_map(_swapped, cache["steps"])
        values, visible = self._values_and_steps(x)
        xp = ops.namespace(values)
        if self.return_sequences:
            dys = _swapped(values_of(dy))
        else:
            dys = xp.where(self._is_last(_swapped(values), visible), dy, 0.0)

        def step(carry: Tree, given: Tree) -> tuple[Tree, Array]:
            (dparams, dcarry), (dy, cache, there) = carry, given
            seen = _chosen(there, (dcarry, dy), tree_map(xp.zeros_like, (dcarry, dy)))
            returned = self.cell.backward(params, cache, *seen)
            more, before, dx = check_returned(self.cell, "backward", returned, ("dparams", "dcarry", "dx"))
            summed = {name: tree_map(lambda a, b: a + b, dparams[name], more[name]) for name in more}
            return ({**dparams, **summed}, _chosen(there, before, dcarry)), dx

        zeros = tree_map(xp.zeros_like, (params, self.cell.start(params, values.shape[0], dys.dtype)))
        (dparams, _), dx = ops.scan(step, zeros, (dys, steps, visible), not self.reverse)
        gathered, dx = self.cell.gather(params, steps, _swapped(values), dx)
        dx = _swapped(dx)
        if visible is None:
            return {**dparams, **gathered}, dx
        return {**dparams, **gathered}, Masked(dx, dy.mask if self.return_sequences else xp.zeros_like(x.mask))

    def _values_and_steps(self, x: Tree) -> tuple[Float[Array, "B T D"], Bool[Array, "T B"] | None]:
        """The values of x, and which steps are there, time first; None where all are."""
        values = values_of(x)
        check_sequence(self, values)
        if not isinstance(x, Masked):
            return values, None
        return values, _swapped(x.visible)

    def _kept(self, state: State, x: Array) -> Tree:
        if x.shape[0] != self.streams:
            raise ShapeError(
                f"{self!r} goes on with {self.streams} streams, but the batch has {x.shape[0]} examples: train with "
                f"batch_size={self.streams}, on a multiple of {self.streams} examples"
            )
        return state["carry"]

    def _is_last(self, x: Array, visible: Array | None) -> Bool[Array, "T B 1"] | Bool[Array, "T 1 1"]:
        """At which step each example of x (T, B, ...) ends, in the order of the run."""
        steps = ops.namespace(x).arange(len(x))[:, None]
        if visible is None:
            return (steps == (0 if self.reverse else len(x) - 1))[..., None]
        last = visible.argmax(axis=0) if self.reverse else len(x) - 1 - visible[::-1].argmax(axis=0)
        return (steps == last)[..., None]


def _chosen(there: Array | None, new: Tree, old: Tree) -> Tree:
    """``new`` in the examples whose step is there, ``old`` in the others."""
    if there is None:
        return new

    def choose(new: Array, old: Array) -> Array:
        return ops.namespace(new).where(there.reshape(-1, *(1,) * (new.ndim - 1)), new, old)

    return tree_map(choose, new, old)


def _swapped(x: Array) -> Array:
    """Batch first to time first, and back."""
    return x.swapaxes(0, 1)
