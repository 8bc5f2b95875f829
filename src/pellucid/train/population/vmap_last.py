"""One function for many members at once, with the members side by side on the last axis of every array.

``jax.vmap`` puts its axis first wherever it multiplies matrices, so that a tiny network becomes many tiny products
one after another. With the members last, every loop's innermost run is over members: one instruction serves eight or
sixteen of them. The function is traced once, for one member, and its operations are carried out one by one: those
below keep the last axis, all others go through ``jax.vmap`` with that axis in and out.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import jax
from jax import lax
from jax import numpy as jnp
from jax.extend import core

from pellucid.types import Array, Tree

SMALL = 64
"""Products that sum over more than so many numbers are left to the library's matrix product,"""
FEW = 4
"""and so are those of fewer members than this."""

ELEMENTWISE = frozenset(
    "add add_any and atan2 div eq ge gt le lt max min mul ne or pow rem select_n sub xor".split()  # noqa: SIM905
)
"""Operations on several arrays that act on each number alone."""


def vmap_last_axis(function: Callable[[Tree, Tree], Tree], shared: Tree, own: Tree) -> Tree:
    """``function(shared, own)`` for K members: every array of ``own`` (..., K), and so of the result, has them last."""
    inputs, structure = jax.tree.flatten((shared, own))
    common = len(jax.tree.leaves(shared))
    given = [(jnp.asarray(leaf), i >= common) for i, leaf in enumerate(inputs)]
    members = given[-1][0].shape[-1]
    one = [jax.eval_shape(lambda x, mine=mine: x[..., 0] if mine else x, leaf) for leaf, mine in given]
    traced, result = jax.make_jaxpr(
        lambda *leaves: function(*jax.tree.unflatten(structure, leaves)), return_shape=True
    )(*one)
    shapes, structure_after = jax.tree.flatten(result)
    results = _run(traced, given, members)
    broadcast = [_broadcast(*pair, leaf.shape, members) for pair, leaf in zip(results, shapes, strict=True)]
    return jax.tree.unflatten(structure_after, broadcast)


def _run(traced: Any, inputs: Sequence[tuple[Array, bool]], members: int) -> list[tuple[Array, bool]]:
    """The traced function on arrays, each with whether members lie on its last axis."""
    known = dict(zip(traced.jaxpr.constvars, ((value, False) for value in traced.consts), strict=True))
    known |= dict(zip(traced.jaxpr.invars, inputs, strict=True))

    def read(name: Any) -> tuple[Array, bool]:
        return (name.val, False) if isinstance(name, core.Literal) else known[name]

    for equation in traced.jaxpr.eqns:
        given = [read(name) for name in equation.invars]
        known.update(zip(equation.outvars, _apply(equation, given, members), strict=True))
    return [read(name) for name in traced.jaxpr.outvars]


def _apply(equation: Any, given: list[tuple[Array, bool]], members: int) -> list[tuple[Array, bool]]:
    primitive, settings = equation.primitive, equation.params
    inner = settings.get("jaxpr" if primitive.name == "jit" else "call_jaxpr")
    if inner is not None and primitive.name in ("jit", "closed_call", "custom_jvp_call", "custom_vjp_call"):
        return _run(inner, given, members)
    arrays, own = [array for array, _ in given], [own for _, own in given]
    shape = equation.outvars[0].aval.shape
    if not any(own):
        results = primitive.bind(*arrays, **settings)
    elif primitive.name in ELEMENTWISE:
        results = primitive.bind(*(_broadcast(*pair, shape, members) for pair in given), **settings)
    elif primitive.name == "broadcast_in_dim":
        places = (*settings["broadcast_dimensions"], len(shape))
        results = lax.broadcast_in_dim(arrays[0], (*shape, members), places)
    elif primitive.name == "reshape":
        results = arrays[0].reshape(*shape, members)
    elif primitive.name == "transpose":
        results = arrays[0].transpose(*settings["permutation"], len(shape))
    elif primitive.name == "dot_general" and _is_small(equation, members):
        results = _product(arrays, own, settings["dimension_numbers"][0])
    else:
        axes = [-1 if mine else None for mine in own]
        results = jax.vmap(lambda *each: primitive.bind(*each, **settings), axes, -1)(*arrays)
    return [(result, any(own)) for result in (results if primitive.multiple_results else [results])]


def _broadcast(array: Array, own: bool, shape: tuple[int, ...], members: int) -> Array:
    """``array`` in ``shape`` with an axis of members behind it."""
    places = tuple(range(len(shape)))[: jnp.ndim(array) - own] + (len(shape),) * own
    return lax.broadcast_in_dim(array, (*shape, members), places)


def _is_small(equation: Any, members: int) -> bool:
    (axes, _), (batch, _) = equation.params["dimension_numbers"]
    sizes = [equation.invars[0].aval.shape[axis] for axis in axes]
    return len(sizes) == 1 and not batch and sizes[0] <= SMALL and members >= FEW


def _product(arrays: list[Array], own: list[bool], axes: tuple[tuple[int], tuple[int]]) -> Array:
    """The matrix product of each member: all products of two numbers, summed. XLA makes one loop of both."""
    a, b = (x if mine else x[..., None] for x, mine in zip(arrays, own, strict=True))
    a, b = jnp.moveaxis(a, axes[0][0], -2), jnp.moveaxis(b, axes[1][0], 0)
    a = a.reshape(*a.shape[:-1], *(1,) * (b.ndim - 2), a.shape[-1])
    return (a * b).sum(axis=a.ndim - b.ndim)
