"""Many networks in lockstep: an epoch of all of them in one compiled program."""

from __future__ import annotations

from functools import cache, partial
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
from jax import lax

from pellucid import ops
from pellucid.layer import Layer
from pellucid.runtime import xla
from pellucid.runtime.compilation import prepare
from pellucid.train.batch import Batch, StepInputs, Weights
from pellucid.train.feed.order import take
from pellucid.train.population.vmap_last import FEW, vmap_last_axis
from pellucid.train.recipe import Recipe
from pellucid.train.step import step
from pellucid.types import Params, State, Tree

SMALL_MEMBER = 2_000
"""Up to so many multiplications of each member, forward, a step is compiled in one piece."""


class EpochInputs(NamedTuple):
    """What the members read in one epoch: arrays (..., K), but for ``first``, the number of its first step."""

    numbers: Tree
    order: Any
    rates: Any
    keys: Any
    active: Any
    first: Any


@cache
def compiled_epoch(members: int, small: bool) -> Any:
    """``_epoch`` as a compiled program for so many members. A few are large networks, which get all cores."""
    prepare()
    asked = xla.SMALL if small else xla.LARGE
    options = xla.options(asked if members < FEW else asked | xla.ON_ONE_CORE)
    return jax.jit(_epoch, static_argnums=(0, 1), compiler_options=options)


def _epoch(
    recipe: Recipe, batch_size: int, data: Batch, weights: Weights, epoch: EpochInputs
) -> tuple[Weights, Tree, Any]:
    """Weights after the epoch, what each step saw (steps, K), and which members are finite: the others, and those
    not active, stay as they were.
    """

    def one(shared: Tree, own: Tree) -> Tree:
        (data, t), (weights, numbers, rows, rate, key) = shared, own
        inputs = StepInputs(t, rate, None if key is None else ops.fold_in(key, t))
        return step(recipe, numbers, weights, take(data, rows), inputs)

    def move(i: Any, carry: Any, size: int = batch_size) -> Any:
        weights, record = carry
        rows = lax.dynamic_slice_in_dim(epoch.order, i * batch_size, size)
        own = (weights, epoch.numbers, rows, epoch.rates[i], epoch.keys)
        weights, seen = vmap_last_axis(one, (data, epoch.first + i), own)
        return weights, {name: record[name].at[i].set(seen[name].astype(record[name].dtype)) for name in record}

    whole, left = divmod(data.examples, batch_size)
    carry = lax.fori_loop(0, whole, move, (weights, {name: jnp.zeros_like(epoch.rates) for name in recipe.recorded}))
    after, seen = move(whole, carry, left) if left else carry
    finite = jnp.isfinite(seen["loss"]).all(axis=0)
    for leaf in jax.tree.leaves(after.params):
        finite &= jnp.isfinite(leaf).reshape(-1, leaf.shape[-1]).all(axis=0)
    moves = finite & epoch.active
    return jax.tree.map(partial(jnp.where, moves), after, weights), seen, finite


@partial(jax.jit, static_argnums=0)
def outputs(model: Layer, params: Params, state: State, x: Tree) -> Tree:
    """The outputs (B, ..., K) of all members for the same ``x``, as in use."""
    return vmap_last_axis(lambda x, own: model.forward(own[0], own[1], x)[0], x, (params, state))
