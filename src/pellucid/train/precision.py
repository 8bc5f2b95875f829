"""Computing in half the bits: forward and backward in bfloat16, weights, loss and update in float32.

bfloat16 has the range of float32 and 8 bits for its digits, two to three decimals. A step of a weight is often smaller
than that; so weights are kept in float32 and only copies of them are rounded, again in every step (Micikevicius et al.
2018, "Mixed precision training", section 3.1; Kalamkar et al. 2019, "A study of bfloat16 for deep learning training").
"""

from __future__ import annotations

from typing import Any

import numpy as np

from pellucid import ops
from pellucid.errors import ConfigError, UnknownNameError
from pellucid.trees import leaves, tree_map
from pellucid.types import Array, Tree


def check_compute(compute: str | None, engine: str, x: Tree) -> None:
    """Raise UnknownNameError or ConfigError for what cannot be asked of this engine with such inputs."""
    if compute is None:
        return
    if compute != "bfloat16":
        raise UnknownNameError("compute", compute, ("bfloat16",))
    if engine != "jax":
        raise ConfigError('fit: compute="bfloat16" is for the engine "jax": NumPy has no such arithmetic')
    if any(leaf.dtype == np.float64 for leaf in leaves(x)):
        raise ConfigError('fit: compute="bfloat16" goes with float32 data, not float64: give x.astype("float32")')


def to_compute_dtype(tree: Tree, compute: str | None) -> Tree:
    """The tree as forward and backward compute with it: floats in bfloat16 where that is asked for.

    NumPy has no arithmetic for it: there, where a failing step is taken apart, float32 has to do.
    """
    if compute != "bfloat16":
        return tree

    def leaf(array: Array) -> Array:
        if ops.is_numpy(array) or array.dtype.kind in "biu":
            return array
        return array.astype("bfloat16")

    return tree_map(leaf, tree)


def inputs_to_compute_dtype(x: Tree, compute: str | None) -> Tree:
    """Inputs in bfloat16, but for whole numbers that it could not tell apart: they may be indices of words."""
    if compute != "bfloat16":
        return x
    from jax.numpy import bfloat16

    def leaf(array: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
        if array.dtype.kind in "biu":
            return array
        half = array.astype(bfloat16)
        whole = bool((array == np.floor(array)).all())
        return array if whole and (half.astype(array.dtype) != array).any() else half

    return tree_map(leaf, x)


def cast_like(tree: Tree, model: Tree, compute: str | None) -> Tree:
    """Each leaf of ``tree`` in the dtype of its leaf in ``model``. Without ``compute`` layers keep the dtype."""
    return tree if compute is None else tree_map(lambda leaf, wanted: leaf.astype(wanted.dtype), tree, model)


def from_compute_dtype(tree: Tree, compute: str | None) -> Tree:
    """Outputs as a loss wants them, with all digits: what was computed in bfloat16 as float32."""
    return tree if compute != "bfloat16" else tree_map(lambda leaf: leaf.astype(np.float32), tree)
