"""The compiled engine: JAX runs many steps in one call, with the data on the device."""

from __future__ import annotations

import math
from functools import cache, partial
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax

from pellucid import ops, trees
from pellucid.layer import Layer
from pellucid.runtime import memory, xla
from pellucid.runtime.compilation import prepare
from pellucid.train.batch import Batch, StepInputs, Weights
from pellucid.train.engines.eager import Eager
from pellucid.train.engines.plan import Engine, Plan
from pellucid.train.feed.order import ROWS, SMALL_DATA, take
from pellucid.train.history import concatenate_steps
from pellucid.train.observe import observe
from pellucid.train.probes import Probe
from pellucid.train.recipe import Recipe
from pellucid.train.step import step
from pellucid.types import Params, State, Tree

SMALL_STEP = 20_000
"""Up to so many multiplications a step is compiled in one piece: products as plain loops take less than calls do."""
SHORT_STEP = 2**22
"""Up to so many multiplications a step is short: small data are laid out in the order of the epoch, for XLA would wake
another core to pick them out in each step.
"""


class Epoch(NamedTuple):
    """What every step of an epoch reads, on the device. See ``Plan``."""

    numbers: Tree
    data: Batch
    order: Any
    learning_rates: Any
    first: Any
    key: Any

    def step_inputs(self, i: Any) -> StepInputs:
        """What differs in the epoch's step ``i``."""
        t = self.first + i
        return StepInputs(t, self.learning_rates[i], None if self.key is None else ops.fold_in(self.key, t))


class Compiled(Engine):
    """Runs a loop of steps that XLA compiled. ``dtype`` is that of the weights: float64 turns on JAX's 64 bits.
    ``multiplications`` are those of a step, forward.
    """

    name = "jax"

    def __init__(self, dtype: Any, multiplications: float = math.inf) -> None:
        self.dtype = np.dtype(dtype)
        self.multiplications = multiplications
        prepare()

    def place(self, tree: Tree) -> Tree:
        placed: dict[int, Any] = {}  # inputs that are targets too, as of an autoencoder, are brought once

        def place(leaf: Any) -> Any:
            if id(leaf) not in placed:
                placed[id(leaf)] = jax.device_put(memory.align_array(leaf) if ops.is_numpy(leaf) else leaf)
            return placed[id(leaf)]

        with self._precision():
            return trees.tree_map(place, tree)

    def run(
        self,
        recipe: Recipe,
        numbers: Tree,
        weights: Weights,
        data: Batch,
        plan: Plan,
        start: int,
        stop: int,
        keep: bool = True,
    ) -> tuple[Weights, dict[str, np.ndarray[Any, Any]]]:
        with self._precision():
            rates = plan.learning_rates.astype(self.dtype)
            numbers = trees.tree_map(partial(np.asarray, dtype=self.dtype), numbers)
            epoch = Epoch(numbers, data, plan.order, rates, plan.first, plan.key)
            whole = min(stop, len(plan.order) // plan.batch_size)
            parts = []
            if keep:  # the steps overwrite the weights they are given
                weights = _copied(weights)
            if whole > start:
                small, lay_out = self._choose_program(data)
                run = compiled_whole_batches(small)
                weights, seen = run(recipe, plan.batch_size, lay_out, epoch, weights, start, whole)
                parts.append({name: np.asarray(values)[start:whole] for name, values in seen.items()})
            if stop > whole:
                weights, seen = compiled_last_batch()(recipe, plan.batch_size, epoch, weights)
                parts.append({name: np.asarray(value)[None] for name, value in seen.items()})
        return weights, concatenate_steps(parts)

    def observe(
        self,
        recipe: Recipe,
        probes: tuple[Probe, ...],
        numbers: Tree,
        before: Weights,
        after: Weights,
        data: Batch,
        plan: Plan,
        i: int,
    ) -> dict[str, float]:
        rows = plan.order[i * plan.batch_size : (i + 1) * plan.batch_size]
        with self._precision():
            numbers = trees.tree_map(partial(np.asarray, dtype=self.dtype), numbers)
            inputs = StepInputs(plan.first + i, self.dtype.type(plan.learning_rates[i]), plan.key)
            seen = compiled_observe()(recipe, probes, numbers, before, after, data, rows, inputs)
            ((names, values),) = seen.items()
            return dict(zip(names, np.asarray(values).tolist(), strict=True))

    def outputs(self, model: Layer, params: Params, state: State, x: Tree) -> Tree:
        count = trees.count_examples(x)
        rows = min(count, ROWS)
        answers: list[tuple[Tree, Any]] = []
        with self._precision(), np.errstate(over="ignore"):
            forward = compiled_forward()
            params, state = self.place((params, state))  # once, not with every part
            staging = [trees.tree_map(lambda a: memory.empty((rows, *a.shape[1:]), a.dtype), x) for _ in range(2)]
            for k, i in enumerate(range(0, count, rows)):
                start = min(i, count - rows)  # the last part reaches back, so that every part has one shape
                part = slice(start, start + rows)
                trees.tree_map(lambda buffer, a, part=part: np.copyto(buffer, a[part]), staging[k % 2], x)
                answers.append(forward(model, params, state, staging[k % 2]))
                if k:  # wait for the part before; then its staging buffer may be written, even if the answer shares it
                    answers[k - 1] = trees.tree_map(np.array, answers[k - 1])
            *ys, last = (y for y, _ in answers)
            last = trees.tree_map(lambda a: np.asarray(a)[i - start :], last)
            y = trees.tree_map(lambda *parts: np.concatenate(parts), *ys, last)
            finite = all(finite for _, finite in answers)
        if not finite:  # NumPy names what it cannot take, for which compiled code gives NaN, and has room for large x
            return Eager().outputs(model, *trees.tree_map(np.asarray, (params, state, x)))
        return y

    def _choose_program(self, data: Batch) -> tuple[bool, bool]:
        """Whether steps are so small that they are compiled in one piece, and whether to lay the data out for them.

        XLA fuses the layout into the code that reads it. That costs matrix products nothing, convolutions much.
        """
        size = sum(leaf.nbytes for leaf in trees.leaves(data))
        small = self.multiplications <= SMALL_STEP and size <= 16 * SMALL_DATA
        short = self.multiplications <= SHORT_STEP and size <= SMALL_DATA
        return small, small or (short and all(leaf.ndim == 2 for leaf in trees.leaves(data.x)))

    def _precision(self) -> Any:
        return jax.enable_x64(self.dtype == np.float64)


@jax.jit
def _copied(tree: Tree) -> Tree:
    return trees.tree_map(jnp.copy, tree)


@cache
def compiled_whole_batches(small: bool) -> Any:
    """``_whole_batches`` as a compiled program."""
    options = xla.options(xla.SMALL if small else xla.LARGE)
    return jax.jit(_whole_batches, static_argnums=(0, 1, 2), donate_argnums=4, compiler_options=options)


@cache
def compiled_last_batch() -> Any:
    """``_last_batch`` as a compiled program."""
    return jax.jit(_last_batch, static_argnums=(0, 1), donate_argnums=3, compiler_options=xla.options(xla.LARGE))


@cache
def compiled_observe() -> Any:
    """``_observe`` as a compiled program."""
    return jax.jit(_observe, static_argnums=(0, 1), compiler_options=xla.options(xla.LARGE))


@cache
def compiled_forward() -> Any:
    """``_forward`` as a compiled program."""
    return jax.jit(_forward, static_argnums=0, compiler_options=xla.options(xla.LARGE))


def _whole_batches(
    recipe: Recipe, batch_size: int, lay_out: bool, epoch: Epoch, weights: Weights, start: Any, stop: Any
) -> tuple[Weights, dict[str, Any]]:
    """Steps ``start`` to ``stop - 1``. The bounds are not static: one program serves any stretch of the epoch.

    To ``lay_out`` means to bring all examples in their order before the first step.
    """
    part = partial(lax.dynamic_slice_in_dim, slice_size=batch_size)
    laid_out = take(epoch.data, epoch.order) if lay_out else None

    def batch(i: Any) -> Batch:
        if laid_out is None:
            return take(epoch.data, part(epoch.order, i * batch_size))
        taken: Batch = trees.tree_map(lambda a: part(a, i * batch_size), laid_out)
        return taken

    def move(i: Any, carry: Any) -> Any:
        weights, record = carry
        weights, seen = _step(recipe, epoch, weights, batch(i), i)
        return weights, {name: record[name].at[i].set(seen[name].astype(record[name].dtype)) for name in record}

    carry: tuple[Weights, dict[str, Any]]
    carry = weights, {name: jnp.full_like(epoch.learning_rates, jnp.nan) for name in recipe.recorded}
    carry = lax.fori_loop(start, stop, move, carry)
    return carry


def _last_batch(recipe: Recipe, batch_size: int, epoch: Epoch, weights: Weights) -> tuple[Weights, dict[str, Any]]:
    """The epoch's last step, on the examples that do not fill a batch."""
    last = epoch.learning_rates.shape[0] - 1
    batch = take(epoch.data, epoch.order[last * batch_size :])
    return _step(recipe, epoch, weights, batch, last)


def _step(recipe: Recipe, epoch: Epoch, weights: Weights, batch: Batch, i: Any) -> tuple[Weights, dict[str, Any]]:
    """The epoch's step ``i``."""
    return step(recipe, epoch.numbers, weights, batch, epoch.step_inputs(i))


def _observe(
    recipe: Recipe,
    probes: tuple[Probe, ...],
    numbers: Tree,
    before: Weights,
    after: Weights,
    data: Batch,
    rows: Any,
    inputs: StepInputs,
) -> dict[tuple[str, ...], Any]:
    """What the probes say of a step on these rows: their names, and one array of numbers, for each array that comes
    from the device takes its time. The key of ``inputs`` is that of all steps.
    """
    key = None if inputs.key is None else ops.fold_in(inputs.key, inputs.step_number)
    found = observe(recipe, probes, numbers, before, after, take(data, rows), inputs._replace(key=key))
    kept = jnp.result_type(float)
    return {tuple(found): jnp.stack([number.astype(kept) for number in found.values()])}


def _forward(model: Layer, params: Params, state: State, x: Tree) -> tuple[Tree, Any]:
    """The outputs, and whether they and ``x`` are finite."""
    y = model.forward(params, state, x)[0]
    zero = sum((leaf * 0).sum() for leaf in trees.leaves((x, y)))  # but for NaN and infinity: 0 times them is NaN
    return y, zero == 0
