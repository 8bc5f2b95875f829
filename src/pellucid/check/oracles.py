"""Two independent ways to a derivative, both in float64. The only automatic differentiation in pellucid is here.

Both take a scalar function of a tree of arrays, written once for NumPy and JAX like a layer. ``automatic`` takes its
gradient by reverse-mode automatic differentiation. The numerical way only ever *evaluates* the function, along lines
through the point: a ``LineValues`` gives the function's values at offsets along chosen lines, each line being one
entry of one leaf, or a direction in which all leaves move together. ``central`` turns values into slopes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeAlias

import numpy as np

from pellucid.runtime import xla
from pellucid.runtime.compilation import prepare
from pellucid.trees import flatten, replace_leaves
from pellucid.types import Array, Tree

Function: TypeAlias = Callable[[Tree], Array]
"""A scalar function of a tree of arrays."""

LineValues: TypeAlias = Callable[[Array, Array], Array]
"""``line(which, offsets)``: the function at ``offsets[n]`` along line number ``which[n]``, for every n."""

LOOP_UP_TO = 1000
"""So many entries are perturbed one after another in NumPy; more are worth compiling for."""

SIDE_BY_SIDE = 8
"""So many perturbed copies are worked on at once: more would not fit near the processor."""

BLOCK = 256
"""So many values are asked of the compiled function in one call."""

NUMPY_UNDER_JAX = (
    "numpy cannot work on arrays that JAX differentiates or compiles: "
    "use xp = ops.namespace(x) (from pellucid import ops) instead of numpy"
)
"""What is wrong where ``is_numpy_under_jax``, and what to do."""


def is_numpy_under_jax(error: Exception) -> bool:
    """Whether code that JAX ran called a function of NumPy."""
    import jax

    return isinstance(error, jax.errors.TracerArrayConversionError)


def automatic(function: Function, paths: Sequence[str]) -> Callable[[Tree], dict[str, Array]]:
    """The gradient of ``function`` by the leaves at ``paths``, a function of the tree: by ``jax.vjp``, compiled once,
    in float64.
    """
    import jax

    prepare()
    compiled = jax.jit(reverse_mode(function, paths), compiler_options=xla.options(xla.SELDOM_RUN))

    def in_float64(tree: Tree) -> dict[str, Array]:
        with jax.enable_x64(True):
            return {path: np.asarray(leaf) for path, leaf in compiled(tree).items()}

    return in_float64


def reverse_mode(function: Function, paths: Sequence[str]) -> Callable[[Tree], dict[str, Array]]:
    """The same gradient, not compiled: to be a part of a program."""

    def gradient(tree: Tree) -> dict[str, Array]:
        import jax

        here = flatten(tree)
        value, pull_back = jax.vjp(
            lambda chosen: function(replace_leaves(tree, chosen)), {path: here[path] for path in paths}
        )
        by_path: dict[str, Array] = pull_back(jax.numpy.ones_like(value))[0]
        return by_path

    return gradient


def numerical(function: Function, tree: Tree, path: str, step: float = 1e-5) -> Array:
    """The gradient of ``function`` at ``tree`` by every entry of the leaf at ``path``, by central differences."""
    leaf = flatten(tree)[path]
    which = np.arange(leaf.size)
    return central(entries(function, tree, path, leaf.size), which, np.full(leaf.size, step)).reshape(leaf.shape)


def central(line: LineValues, which: Array, steps: Array) -> Array:
    """``(f(h) - f(-h)) / (2 h)`` along each line: off by ``h^2 f''' / 6`` and by the rounding of f over h."""
    return (line(which, steps) - line(which, -steps)) / (2.0 * steps)


def sides(line: LineValues, which: Array, steps: Array, middle: float) -> tuple[Array, Array]:
    """The slopes from below and from above, each seen from its own side alone (``middle`` is f at the point).

    ``(3 f(0) - 4 f(-h) + f(-2h)) / (2 h)`` and ``(-3 f(0) + 4 f(h) - f(2h)) / (2 h)``: off by ``h^2 f''' / 3``, and
    four times as much rounding as ``central``. Where they differ, the function has a kink within ``2 h``.
    """
    below = (3.0 * middle - 4.0 * line(which, -steps) + line(which, -2.0 * steps)) / (2.0 * steps)
    above = (-3.0 * middle + 4.0 * line(which, steps) - line(which, 2.0 * steps)) / (2.0 * steps)
    return below, above


def entries(function: Function, tree: Tree, path: str, count: int) -> LineValues:
    """The lines along each entry (in flat order) of the leaf at ``path``; ``count`` is how many will be asked for."""
    if count <= LOOP_UP_TO:
        return one_by_one(function, tree, path)
    return partial(side_by_side(moved_entry(function, path)), tree)


def directions(function: Function, tree: Tree, ways: Sequence[dict[str, Array]]) -> LineValues:
    """The lines along each of ``ways``, which say for every leaf, by path, how it moves."""
    here = flatten(tree)

    def at(way: dict[str, Array], offset: float) -> Array:
        return function(replace_leaves(tree, {path: here[path] + offset * part for path, part in way.items()}))

    def line(which: Array, offsets: Array) -> Array:
        return np.array([float(at(ways[n], t)) for n, t in zip(which, offsets, strict=True)])

    return line


def one_by_one(function: Function, tree: Tree, path: str) -> LineValues:
    """The lines along each entry of the leaf at ``path``, one value after another."""
    leaf = flatten(tree)[path]

    def at(index: int, offset: float) -> Array:
        moved = leaf.copy()
        moved.flat[index] += offset
        return function(replace_leaves(tree, {path: moved}))

    def line(which: Array, offsets: Array) -> Array:
        return np.array([float(at(n, t)) for n, t in zip(which, offsets, strict=True)])

    return line


def moved_entry(function: Function, path: str) -> Callable[[Tree, Array, Array], Array]:
    """``function`` of the tree with one entry of the leaf at ``path`` moved by an offset, for ``side_by_side``."""

    def at(tree: Tree, index: Array, offset: Array) -> Array:
        leaf = flatten(tree)[path]
        return function(replace_leaves(tree, {path: leaf.ravel().at[index].add(offset).reshape(leaf.shape)}))

    return at


def side_by_side(function: Callable[..., Array]) -> Callable[..., Array]:
    """``function(tree, *row)`` for many rows, compiled once: a function of the tree and the columns of the rows.

    Many are worked on in one call, in blocks; the last block is filled up, so that one trace serves.
    """
    import jax

    prepare()

    def block(tree: Tree, *columns: Array) -> Array:
        return jax.lax.map(lambda row: function(tree, *row), columns, batch_size=SIDE_BY_SIDE)

    compiled = jax.jit(block)

    def values(tree: Tree, *columns: Array) -> Array:
        found = [np.empty(0)]
        with jax.enable_x64(True):
            on_device, count = jax.device_put(tree), len(columns[0])
            for start in range(0, count, BLOCK):
                part = [column[start : start + BLOCK] for column in columns]
                full = compiled(on_device, *(np.resize(column, (BLOCK, *column.shape[1:])) for column in part))
                found.append(np.asarray(full)[: len(part[0])])
        return np.concatenate(found)

    return values
