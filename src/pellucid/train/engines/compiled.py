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
                weights, seen = _last_batch(recipe, plan.batch_size, epoch, weights)
                parts.append({name: np.asarray(value)[None] for name, value in seen.items()})
        return weights, {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}

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

    def body(i: Any, carry: Any) -> Any:
        weights, record = carry
        rows = lax.dynamic_slice_in_dim(epoch.order, i * batch_size, batch_size)
        weights, seen = _step(recipe, epoch, weights, rows, i)
        return weights, {name: record[name].at[i].set(seen[name].astype(record[name].dtype)) for name in record}

    rows = epoch.order[:batch_size]
    _, names = jax.eval_shape(partial(_step, recipe), epoch, weights, rows, start)
    record = {name: jnp.zeros_like(epoch.learning_rates) for name in names}
    result: tuple[Weights, dict[str, Any]] = lax.fori_loop(start, stop, body, (weights, record))
    return result


@partial(jax.jit, static_argnums=(0, 1), donate_argnums=3)
def _last_batch(recipe: Recipe, batch_size: int, epoch: Epoch, weights: Weights) -> tuple[Weights, dict[str, Any]]:
    """The epoch's last step, on the examples that do not fill a batch."""
    last = epoch.learning_rates.shape[0] - 1
    rows = epoch.order[last * batch_size :]
    return _step(recipe, epoch, weights, rows, last)


def _step(recipe: Recipe, epoch: Epoch, weights: Weights, rows: Any, i: Any) -> tuple[Weights, dict[str, Any]]:
    """The epoch's step ``i`` on the examples ``rows``; numbers of layers are NaN in steps that are not watched."""
    batch, now = take(epoch.data, rows), epoch.moment(i)
    plain, watched = (
        partial(step, recipe, epoch.numbers, batch=batch, now=now, watch=watch) for watch in (False, True)
    )
    if recipe.watch_every is None:
        return plain(weights)
    _, names = jax.eval_shape(watched, weights)
    unseen = {name: jnp.full(like.shape, jnp.nan, like.dtype) for name, like in names.items()}

    def unwatched(weights: Weights) -> tuple[Weights, dict[str, Any]]:
        weights, seen = plain(weights)
        return weights, {**unseen, **seen}

    result: tuple[Weights, dict[str, Any]] = lax.cond(now.t % recipe.watch_every == 0, watched, unwatched, weights)
    return result


@partial(jax.jit, static_argnums=0)
def _forward(model: Layer, params: Params, state: State, x: Tree) -> Any:
    return model.forward(params, state, x)[0]
