"""What NumPy and JAX spell differently, and only that.

Everything else is written once in the array namespace that both share: ``xp = namespace(x)``, then ``xp.exp``,
``xp.matmul`` and so on. JAX is imported by whoever hands in a JAX array, never here at the top.

Random numbers are the same on both engines: a key is two 32-bit words and the generator is Threefry-2x32, which JAX has
built in and NumPy gets from ``threefry``. One key gives one array: draw again by folding another number in.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from pellucid import validate
from pellucid.runtime import threefry
from pellucid.trees import leaves, tree_map
from pellucid.types import Array, Key, Namespace, Tree


def namespace(x: Array) -> Namespace:
    """The array namespace of ``x``: ``numpy`` or ``jax.numpy``."""
    if isinstance(x, np.ndarray):  # a third of the time of asking it, which every layer does in every step
        return np
    xp: Namespace = x.__array_namespace__()
    return xp


def is_numpy(x: Array) -> bool:
    """Whether ``x`` is an array of NumPy (or a NumPy scalar)."""
    return isinstance(x, (np.ndarray, np.generic))


def sigmoid(x: Array) -> Array:
    """``1 / (1 + exp(-x))`` without overflow at either end."""
    if is_numpy(x):
        from scipy.special import expit

        return expit(x)
    from jax.nn import sigmoid as jax_sigmoid

    return jax_sigmoid(x)


def erf(x: Array) -> Array:
    """The error function, ``2 / sqrt(pi)`` times the integral of ``exp(-t^2)`` from 0 to ``x``."""
    if is_numpy(x):
        from scipy.special import erf as scipy_erf

        return scipy_erf(x)
    from jax.scipy.special import erf as jax_erf

    return jax_erf(x)


def scatter_add(x: Array, index: Array, values: Array) -> Array:
    """A copy of ``x`` with ``values[i]`` added to its row ``index[i]``, for every i; a row named twice gets both.

    ``index`` (B, ...) may have any number of axes, behind which ``values`` (B, ..., D) has those of a row of ``x``.
    """
    if is_numpy(x):
        result = x.copy()
        np.add.at(result, index, values)
        return result
    return x.at[index].add(values)


def add_at(x: Array, where: tuple[slice, ...], part: Array) -> Array:
    """``x`` with ``part`` added to ``x[where]``. In NumPy x itself is written to: hand in one that nobody else has."""
    if is_numpy(x):
        x[where] += part
        return x
    from jax.lax import pad

    taken = [range(*place.indices(length)) for place, length in zip(where, x.shape, strict=False)]
    edges = [(r.start, length - r[-1] - 1, r.step - 1) for r, length in zip(taken, x.shape, strict=False)]
    rest = [(0, 0, 0)] * (x.ndim - len(where))
    return x + pad(part, part.dtype.type(0), edges + rest)


def on_accelerator(x: Array) -> bool:
    """Whether ``x`` is worked on by a GPU or TPU."""
    if is_numpy(x):
        return False
    import jax

    return jax.default_backend() != "cpu"


def convolve(
    x: Array,
    kernel: Array,
    layout: tuple[str, str, str],
    steps: tuple[int, ...],
    padding: tuple[tuple[int, int], ...],
    gaps: tuple[int, ...],
    kernel_gaps: tuple[int, ...],
    groups: int = 1,
    batch_groups: int = 1,
) -> Array:
    """JAX's own convolution (a correlation): ``kernel`` slides over ``x`` in ``steps``, both spread out by their gaps.

    ``layout`` names the axes of x, kernel and result, such as ("NHWC", "HWIO", "NHWC").
    """
    from jax.lax import conv_general_dilated

    return conv_general_dilated(
        x, kernel, steps, padding, gaps, kernel_gaps, layout, groups, batch_group_count=batch_groups
    )


def scan(
    step: Callable[[Tree, Tree], tuple[Tree, Tree]], carry: Tree, xs: Tree, reverse: bool = False
) -> tuple[Tree, Tree]:
    """``carry, y = step(carry, x)`` for one x of ``xs`` after another: the last carry, and every y.

    The arrays of the trees ``xs`` and ``ys`` have the steps, at least one, on their first axis. ``reverse`` goes from
    the last x to the first; each y stays at the place of its x. The carry keeps its tree, shapes and dtypes.
    """
    if not all(map(is_numpy, leaves((carry, xs)))):
        from jax.lax import scan as jax_scan

        return jax_scan(step, carry, xs, reverse=reverse)
    length = len(next(leaves(xs)))
    ys: list[Tree] = [None] * length
    for t in reversed(range(length)) if reverse else range(length):
        carry, ys[t] = step(carry, tree_map(lambda leaf, t=t: leaf[t], xs))
    return carry, tree_map(lambda *steps: np.stack(steps), *ys)


def key(seed: int) -> Key:
    """The key of a seed: its two 32-bit words, as a NumPy array. Negative seeds count from 2^64 down."""
    seed = int(seed) % 2**64
    return np.array([seed >> 32, seed & 0xFFFFFFFF], dtype=np.uint32)


def fold_in(key: Key, number: Any) -> Key:
    """A new key for each ``number`` (0 to 2^32 - 1): for each child of a combinator, each step, each epoch."""
    if is_numpy(key):
        return threefry.fold_in(key, int(number))
    import jax

    return jax.random.key_data(jax.random.fold_in(_jax_key(key), number))


def bits(key: Key, shape: tuple[int, ...]) -> Array:
    """Random 32-bit words, ``uint32`` of ``shape``; zeros, which cost nothing, where shapes alone are asked for."""
    if is_numpy(key):
        if not validate.values_are_real():
            return np.zeros(shape, np.uint32)
        return threefry.bits(key, math.prod(shape)).reshape(shape)
    import jax

    return jax.random.bits(_jax_key(key), shape, "uint32")


def uniform(key: Key, shape: tuple[int, ...], dtype: Any) -> Array:
    """Uniform on [0, 1): 24 random bits each in float32, 53 in float64."""
    xp = namespace(key)
    if xp.dtype(dtype) == xp.float64:
        words = bits(key, (*shape, 2)).astype(dtype)
        return (xp.floor(words[..., 0] / 32) * 2.0**26 + xp.floor(words[..., 1] / 64)) * 2.0**-53
    return (bits(key, shape) >> xp.uint32(8)).astype(dtype) * 2.0**-24


def normal(key: Key, shape: tuple[int, ...], dtype: Any) -> Array:
    """Standard normal numbers, by Box and Muller (1958): ``sqrt(-2 ln u) cos(2 pi v)``.

    u and v have 24 random bits in every dtype, so float64 repeats what float32 drew, up to rounding.
    """
    xp = namespace(key)
    u, v = uniform(key, (2, *shape), np.float32).astype(dtype)
    return xp.sqrt(-2.0 * xp.log1p(-u)) * xp.cos(2.0 * math.pi * v)


def _jax_key(key: Key) -> Any:
    import jax

    return jax.random.wrap_key_data(key, impl="threefry2x32")
