"""What the gradient check is given, as one tree: floating numbers in float64, whole numbers as they are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from pellucid import ops
from pellucid.data import check_arrays
from pellucid.errors import CheckError, DataError, ShapeError
from pellucid.layer import Layer, shape_of
from pellucid.shape_inference import first_weights
from pellucid.trees import items, leaves, replace_leaves
from pellucid.types import Array, Params, State, Tree


def bind_inputs(
    model: Layer,
    x: Any,
    y: Any,
    params: Params | None,
    state: State | None,
    seed: int,
    sample_weight: Any,
    owner: str = "check_gradients",
) -> Tree:
    """All that the loss reads, in one tree, as ``Problem`` has it; weights that are not given are drawn.
    ``owner`` is who was given them, for messages.

    Raises DataError for what is no number, ShapeError for weights that are not the model's, CheckError where there
    are no examples, or not as many targets.
    """
    x, target = _inputs(x), _arrays("y", y) if isinstance(y, dict) else _array("y", y)
    share = _shares(x, target, sample_weight)
    key = ops.key(seed)
    first_params, first_state = first_weights(model, key, x)
    return {
        "params": _weights(owner, "params", params, first_params),
        "x": x,
        "state": _weights(owner, "state", state, first_state),
        "key": key if model.is_random() else None,
        "target": target,
        "share": share,
    }


def _inputs(x: Any) -> Tree:
    """A list or a table is what ``fit`` makes of it; an array of whole numbers stays one, as a tree stays a tree."""
    is_tree = isinstance(x, (dict, tuple, list)) and any(np.ndim(leaf) for leaf in leaves(x))
    is_whole = hasattr(x, "__array_namespace__") and x.dtype.kind in "biu"
    return _arrays("x", x if is_tree or is_whole else check_arrays(x)[0])


def _weights(owner: str, what: str, given: Tree, drawn: Tree) -> Tree:
    """The numbers ``given`` in the tree ``drawn``, or those drawn where none are given."""
    if given is None:
        return _arrays(what, drawn)
    given = _with_arrays(given, drawn)
    found, wanted = dict(items(given, what)), dict(items(drawn, what))
    for path, leaf in wanted.items():
        if path not in found or np.shape(found[path]) != leaf.shape:
            has = f"shape {np.shape(found[path])}" if path in found else "nothing"
            raise ShapeError(f"{owner}: {path} has {has}, but the model needs shape {shape_of(leaf)}")
    if extra := ", ".join([*(found.keys() - wanted.keys()), *_branches_more(given, drawn, what)]):
        raise ShapeError(f"{owner}: the model has no {extra}: leave {what} out, or give those of this model")
    return replace_leaves(drawn, {path: _like(_array(path, found[path]), wanted[path]) for path in wanted}, what)


def _like(array: Array, drawn: Array) -> Array:
    """Whole numbers as floating ones where the model has such."""
    return array.astype(np.float64) if drawn.dtype.kind == "f" else array


def _with_arrays(given: Tree, drawn: Tree) -> Tree:
    """Nested lists as arrays, where the model has arrays."""
    if isinstance(given, dict) and isinstance(drawn, dict):
        return {name: _with_arrays(part, drawn.get(name)) for name, part in given.items()}
    if isinstance(given, (list, tuple)) and hasattr(drawn, "dtype"):
        try:
            return np.asarray(given)
        except ValueError:  # rows of different lengths
            return given
    return given


def _branches_more(given: Tree, drawn: Tree, path: str) -> Iterator[str]:
    """The empty branches that the model does not have."""
    if isinstance(given, dict) and isinstance(drawn, dict):
        for name, part in given.items():
            if name in drawn:
                yield from _branches_more(part, drawn[name], f"{path}/{name}")
            elif not dict(items(part)):
                yield f"{path}/{name}"


def _arrays(what: str, tree: Tree) -> Tree:
    return replace_leaves(tree, {path: _array(path, leaf) for path, leaf in items(tree, what)}, what)


def _array(what: str, given: Any) -> Array:
    """An array of numbers. Raises DataError for anything else, such as text or complex numbers."""
    try:
        array = np.asarray(given)
    except (TypeError, ValueError, RuntimeError) as error:
        raise DataError(f"{what} cannot be made an array of numbers: {error}") from error
    if array.dtype.kind not in "biuf":
        raise DataError(f"{what} holds {array.dtype}, but must be an array of real numbers: convert it first")
    return array if array.dtype.kind in "biu" else array.astype(np.float64)


def _shares(x: Tree, target: Tree, sample_weight: Any) -> Array:
    """The part of each example in the mean. Raises CheckError where there are no examples, or not as many targets."""
    shapes = [leaf.shape for leaf in leaves((x, target))]
    if any(not shape for shape in shapes):
        raise CheckError("x and y must be arrays with an axis for the examples; one example is x[None, :]")
    counts = [shape[0] for shape in shapes]
    if len(set(counts)) > 1 or counts[0] == 0:
        raise CheckError(
            f"x and y need the same number of examples, at least one, not {' and '.join(map(str, counts))}"
        )
    if sample_weight is None:
        return np.full(counts[0], 1.0 / counts[0])
    weight = _array("sample_weight", sample_weight).astype(np.float64)
    if weight.shape != (counts[0],) or not (np.isfinite(weight) & (weight >= 0)).all() or weight.sum() == 0:
        raise CheckError(f"sample_weight must be {counts[0]} numbers of at least 0 that are not all 0, not {weight}")
    return weight / weight.sum()
