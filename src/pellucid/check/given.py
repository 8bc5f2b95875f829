"""What the gradient check is given, as one tree: floating numbers in float64, whole numbers as they are."""

from __future__ import annotations

from typing import Any

import numpy as np

from pellucid import ops
from pellucid.data import check_arrays
from pellucid.errors import CheckError, DataError, ShapeError
from pellucid.layer import Layer, first_weights, shape_of
from pellucid.trees import flatten, items, leaves, replace_leaves
from pellucid.types import Array, Params, State, Tree


def everything(
    model: Layer, x: Tree, y: Any, params: Params | None, state: State | None, seed: int, sample_weight: Any
) -> Tree:
    """All that the loss reads, in one tree, as ``Problem`` has it; weights that are not given are drawn.

    Raises DataError for what is no number, ShapeError for weights that are not those of the model, CheckError where
    there are no examples, or not as many targets.
    """
    x, target = _examples(x, y)
    share = _shares(x, target, sample_weight)
    key = ops.key(seed)
    first_params, first_state = first_weights(model, key, x)
    return {
        "params": _in_place("params", params, first_params),
        "x": x,
        "state": _in_place("state", state, first_state),
        "key": key if model.is_random() else None,
        "target": target,
        "share": share,
    }


def _examples(x: Tree, y: Any) -> tuple[Tree, Array]:
    """Inputs and targets. A list of numbers is what ``fit`` makes of it; in a tree every array is a leaf."""
    if isinstance(x, (tuple, list)) and not any(np.ndim(leaf) for leaf in leaves(x)):
        x = check_arrays(x)[0]
    if not isinstance(x, (dict, tuple, list)) and getattr(x, "dtype", None) is None:
        x = check_arrays(x)[0]
    return _numbers("x", x), _array("y", y)


def _numbers(what: str, tree: Tree) -> Tree:
    return replace_leaves(tree, {path: _array(path or what, leaf) for path, leaf in items(tree)})


def _array(what: str, given: Any) -> Array:
    """An array of numbers. Raises DataError for anything else: text, complex numbers, a sparse matrix."""
    if hasattr(given, "toarray"):
        raise DataError(f"{what} is a sparse matrix: {what}.toarray() makes it an array")
    try:
        array = np.asarray(given)
    except (TypeError, ValueError, RuntimeError) as error:
        raise DataError(f"{what} cannot be made an array of numbers: {error}") from error
    if array.dtype.kind not in "biuf":
        raise DataError(f"{what} holds {array.dtype} where real numbers are needed")
    return array if array.dtype.kind in "biu" else array.astype(np.float64)
