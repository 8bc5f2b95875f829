"""The compiled engine: JAX runs many steps in one call, with the data on the device."""

from __future__ import annotations

from functools import partial
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax

from pellucid import ops, trees
from pellucid.compilation import keep_programs
from pellucid.layer import Layer
from pellucid.train.engines.eager import ROWS, Eager, take
from pellucid.train.engines.plan import Engine, Plan
from pellucid.train.history import joined
from pellucid.train.step import Batch, Now, Recipe, Weights, step
from pellucid.types import Params, State, Tree


class Epoch(NamedTuple):
    """What every step of an epoch reads, on the device. See ``Plan``."""

    numbers: Tree
    data: Batch
    order: Any
    learning_rates: Any
    first: Any
    key: Any

    def moment(self, i: Any) -> Now:
        """The moment of the epoch's step ``i``."""
        t = self.first + i
        return Now(t, self.learning_rates[i], None if self.key is None else ops.fold_in(self.key, t))


class Compiled(Engine):
    """Runs a loop of steps that XLA compiled. ``dtype`` is that of the weights: float64 turns on JAX's 64 bits."""

    name = "jax"

    def __init__(self, dtype: Any) -> None:
        self.dtype = np.dtype(dtype)
        keep_programs()

    def place(self, tree: Tree) -> Tree:
        with self._precision():
            return trees.tree_map(jax.device_put, tree)  # on a CPU no copy is made of what is aligned

    def run(
        self, recipe: Recipe, numbers: Tree, weights: Weights, data: Batch, plan: Plan, start: int, stop: int
    ) -> tuple[Weights, dict[str, np.ndarray[Any, Any]]]:
        with self._precision():
            rates = plan.learning_rates.astype(self.dtype)
            numbers = trees.tree_map(partial(np.asarray, dtype=self.dtype), numbers)
            epoch = Epoch(numbers, data, plan.order, rates, plan.first, plan.key)
            whole = min(stop, len(plan.order) // plan.batch_size)
            parts = []
            if start == 0:  # the steps overwrite the weights they are given, and these are the caller's
                weights = _copied(weights)
            if whole > start:
                weights, seen = _whole_batches(recipe, plan.batch_size, epoch, weights, start, whole)
                parts.append({name: np.asarray(values)[start:whole] for name, values in seen.items()})
            if stop > whole:
                watch = recipe.watches(plan.first + whole)
                weights, seen = _last_batch(recipe, plan.batch_size, epoch, weights, watch)
                parts.append({name: np.asarray(value)[None] for name, value in seen.items()})
        return weights, joined(parts)

    def outputs(self, model: Layer, params: Params, state: State, x: Tree) -> Tree:
        count = trees.count_examples(x)
        rows = min(count, ROWS)
        with self._precision():
            parts = []
            for i in range(0, count, rows):
                start = min(i, count - rows)  # the last part reaches back, so that every part has one shape
                part = trees.tree_map(lambda a, start=start: jnp.asarray(a[start : start + rows]), x)
                y = _forward(model, params, state, part)
                y = trees.tree_map(np.asarray, y)
                if not all(np.isfinite(leaf).all() for leaf in trees.leaves(y)):
                    _refuse_unusable(model, params, state, part)
                parts.append(trees.tree_map(lambda a, skip=i - start: a[skip:], y))
        return trees.tree_map(lambda *ys: np.concatenate(ys), *parts)

    def _precision(self) -> Any:
        return jax.enable_x64(self.dtype == np.float64)


def _refuse_unusable(model: Layer, params: Params, state: State, x: Tree) -> None:
    """Raise for inputs that a layer cannot take: compiled code cannot look at values, and gives NaN for them."""
    Eager().outputs(model, *trees.tree_map(np.asarray, (params, state, x)))


@jax.jit
def _copied(tree: Tree) -> Tree:
    return trees.tree_map(jnp.copy, tree)


@partial(jax.jit, static_argnums=(0, 1), donate_argnums=3)
def _whole_batches(
    recipe: Recipe, batch_size: int, epoch: Epoch, weights: Weights, start: Any, stop: Any
) -> tuple[Weights, dict[str, Any]]:
    """Steps ``start`` to ``stop - 1``. The bounds are not static: one program serves any stretch of the epoch."""

    def move(i: Any, carry: Any, watch: bool = False) -> Any:
        weights, record = carry
        rows = lax.dynamic_slice_in_dim(epoch.order, i * batch_size, batch_size)
        weights, seen = _step(recipe, epoch, weights, rows, i, watch)
        noted = {name: record[name].at[i].set(seen[name].astype(record[name].dtype)) for name in seen}
        return weights, {**record, **noted}

    every = recipe.watch_every
    _, names = jax.eval_shape(
        lambda w: _step(recipe, epoch, w, epoch.order[:batch_size], 0, every is not None), weights
    )
    carry: tuple[Weights, dict[str, Any]]
    carry = weights, {name: jnp.full_like(epoch.learning_rates, jnp.nan) for name in names}
    if every is None:
        carry = lax.fori_loop(start, stop, move, carry)
    else:
        carry = _in_laps(every, move, epoch.first, start, stop, carry)
    return carry


def _in_laps(every: int, move: Any, first: Any, start: Any, stop: Any, carry: Any) -> Any:
    """Steps ``start`` to ``stop - 1``, of which those are watched whose number, ``first + i``, is a multiple of
    ``every``: loops within a loop, for a choice in each step would have XLA copy all weights there and back.
    """
    watched = start + -(first + start) % every
    count = jnp.maximum(0, -((watched - stop) // every))

    def lap(k: Any, carry: Any) -> Any:
        i = watched + k * every
        carry = lax.fori_loop(jnp.maximum(start, i - every + 1), i, move, carry)
        return move(i, carry, watch=True)

    carry = lax.fori_loop(0, count, lap, carry)
    return lax.fori_loop(jnp.where(count > 0, watched + (count - 1) * every + 1, start), stop, move, carry)


@partial(jax.jit, static_argnums=(0, 1, 4), donate_argnums=3)
def _last_batch(
    recipe: Recipe, batch_size: int, epoch: Epoch, weights: Weights, watch: bool
) -> tuple[Weights, dict[str, Any]]:
    """The epoch's last step, on the examples that do not fill a batch."""
    last = epoch.learning_rates.shape[0] - 1
    rows = epoch.order[last * batch_size :]
    return _step(recipe, epoch, weights, rows, last, watch)


def _step(
    recipe: Recipe, epoch: Epoch, weights: Weights, rows: Any, i: Any, watch: bool
) -> tuple[Weights, dict[str, Any]]:
    """The epoch's step ``i`` on the examples ``rows``."""
    return step(recipe, epoch.numbers, weights, take(epoch.data, rows), epoch.moment(i), watch)


@partial(jax.jit, static_argnums=0)
def _forward(model: Layer, params: Params, state: State, x: Tree) -> Any:
    return model.forward(params, state, x)[0]
