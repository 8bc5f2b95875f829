"""Checks that one definition runs alike on NumPy and JAX, eagerly, compiled and vectorised, in both precisions."""

from __future__ import annotations

import pickle
from dataclasses import replace
from functools import partial

import numpy as np

from pellucid.check.agreement import require_equal
from pellucid.check.cases.case import Case, floating
from pellucid.errors import ConformanceError
from pellucid.trees import flatten, tree_map
from pellucid.types import Tree


def numpy_equals_jax(case: Case) -> None:
    """Outputs, cache and gradients are the same on both engines."""
    require_equal(flatten(case.on_jax), flatten(case.on_numpy), "JAX", "NumPy")


def jit_equals_eager(case: Case) -> None:
    """Compiled or operation by operation, JAX gives the same."""
    import jax

    with jax.enable_x64(True):
        eager = case.run(jax.device_put(case.inputs))
    require_equal(flatten(case.on_jax), flatten(tree_map(np.asarray, eager)), "jit", "eager JAX")


def vmap_equals_loop(case: Case) -> None:
    """A population (other weights, inputs and keys for each member) at once is the same as one after another."""
    for n, member in enumerate(case.members):
        one = tree_map(lambda leaf, n=n: leaf[n], case.members_on_jax)
        require_equal(flatten(one), flatten(case.run(member)), f"member {n} of vmap", "a loop")


def float32_stays_float32(case: Case) -> None:
    """From float32 comes float32, on either engine, also where float64 is to be had."""
    import jax

    inputs = tree_map(lambda leaf: leaf.astype(np.float32) if floating(leaf) else leaf, case.inputs)
    _require_float32(case.run(inputs), "NumPy")
    with jax.enable_x64(True):
        _require_float32(jax.eval_shape(case.run, inputs), "JAX")


def _require_float32(outputs: Tree, engine: str) -> None:
    for path, leaf in flatten(outputs).items():
        if floating(leaf) and leaf.dtype != np.float32:
            raise ConformanceError(f"{path} is {leaf.dtype} on {engine}, though all that went in is float32")


def equal_specifications_share_a_trace(case: Case) -> None:
    """An equal copy is the same static argument to ``jit``: nothing is traced, let alone compiled, again."""
    import jax

    copy = pickle.loads(pickle.dumps(case.subject))
    traced = []

    @partial(jax.jit, static_argnums=0)
    def run(subject: object, inputs: Tree) -> Tree:
        traced.append(subject)
        return replace(case, subject=subject).run(inputs)

    for subject in (case.subject, copy):
        run.trace(subject, case.inputs)
    if len(traced) != 1:
        raise ConformanceError("a copy of the specification is traced again: it should be equal to it")
