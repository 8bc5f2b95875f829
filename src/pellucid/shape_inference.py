"""What a layer makes of an input: its first weights, and the shape and dtype of its output."""

from __future__ import annotations

from typing import Any

import numpy as np

from pellucid import ops, validate
from pellucid.errors import ConfigError
from pellucid.layer import Cell, Layer, shape_of
from pellucid.masked import one_array
from pellucid.trees import items, leaves, tree_map
from pellucid.types import HasShape, Key, Params, State, Tree

FOR_DICTS = "Parallel has a layer for each, Join makes them one array"
"""What to do with several inputs."""

FOR_MASKED = (
    "TimeDistributed applies layers at each of its steps; "
    "Recurrent, MultiHeadAttention, TransformerBlock and GlobalAveragePool1D take it as it is"
)
"""What to do with a masked sequence."""


def infer_output(layer: Layer, params: Params, state: State, x: Tree) -> Tree:
    """An output of ``layer`` for inputs shaped like ``x``: found by running it on one example of zeros.

    Only its shape (behind the batch axis) and dtype mean anything. This is how combinators learn what comes out of a
    layer before the next one is initialised, and how shapes that do not fit are found before any training.
    """
    xp = next((ops.namespace(leaf) for leaf in leaves(params)), np)
    zeros = tree_map(lambda leaf: xp.zeros((1, *shape_of(leaf)[1:]), dtype=leaf.dtype), x)
    try:
        with one_array(layer, FOR_DICTS, FOR_MASKED), validate.shapes_alone():
            given = layer.forward(params, state, zeros)
    except KeyError as error:
        names = ", ".join(map(str, (*params, *state))) or "nothing"
        raise ConfigError(f"{layer!r}: forward asks for {error}, but of params and state there is {names}") from error
    y, _, _ = check_returned(layer, "forward", given, ("y", "cache", "state"))
    return y


def first_weights(layer: Layer, key: Key, x: Tree) -> tuple[Params, State]:
    """What ``init`` gives. Raises ConfigError where that is not params and state, two dicts of arrays."""
    with one_array(layer, FOR_DICTS, FOR_MASKED):
        given = layer.init(key, x)
    if not isinstance(given, tuple) or len(given) != 2 or not all(isinstance(part, dict) for part in given):
        raise ConfigError(f"{layer!r}: init must return (params, state), two dicts, not {_in_words(given)}")
    for part, tree in zip(("params", "state"), given, strict=True):
        _require_arrays(layer, tree, part)
    return given


def first_cell_weights(cell: Cell, key: Key, x: HasShape) -> Params:
    """What the ``init`` of a cell gives. Raises ConfigError where that is not params, a dict of arrays."""
    params = cell.init(key, x)
    if not isinstance(params, dict):
        raise ConfigError(f"{cell!r}: init must return params, a dict of arrays, not {_in_words(params)}")
    _require_arrays(cell, params, "params")
    return params


def check_returned(owner: Layer | Cell, method: str, returned: Any, names: tuple[str, ...]) -> tuple[Any, ...]:
    """``returned``, if it is a tuple of what ``names`` says. Raises ConfigError for anything else."""
    if not isinstance(returned, tuple) or len(returned) != len(names):
        raise ConfigError(f"{owner!r}: {method} must return ({', '.join(names)}), not {_in_words(returned)}")
    return returned


def _require_arrays(owner: Layer | Cell, tree: Tree, name: str) -> None:
    for path, leaf in items(tree, name):
        if not hasattr(leaf, "__array_namespace__"):
            raise ConfigError(f"{owner!r}: init gives {leaf!r} as {path}: make it an array in x.dtype")


def _in_words(given: Any) -> str:
    if isinstance(given, tuple):
        return f"({', '.join(type(part).__name__ for part in given)})"
    return "None" if given is None else f"one {type(given).__name__}"
