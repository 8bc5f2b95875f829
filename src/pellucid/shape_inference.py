"""Layers tried out: their first weights, and what comes out of them."""

from __future__ import annotations

from typing import Any

import numpy as np

from pellucid import ops, validate
from pellucid.errors import ConfigError
from pellucid.layer import Layer, shape_of
from pellucid.masked import one_array
from pellucid.trees import items, leaves, tree_map
from pellucid.types import Key, Params, State, Tree

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
    if not isinstance(given, tuple) or len(given) != 3:
        raise ConfigError(f"{layer!r}: forward must return (y, cache, state), not {_in_words(given)}")
    return given[0]


def first_weights(layer: Layer, key: Key, x: Tree) -> tuple[Params, State]:
    """What ``init`` gives. Raises ConfigError where that is not params and state, two dicts of arrays."""
    with one_array(layer, FOR_DICTS, FOR_MASKED):
        given = layer.init(key, x)
    if not isinstance(given, tuple) or len(given) != 2 or not all(isinstance(part, dict) for part in given):
        raise ConfigError(f"{layer!r}: init must return (params, state), two dicts, not {_in_words(given)}")
    for part, tree in zip(("params", "state"), given, strict=True):
        for path, leaf in items(tree, part):
            if not hasattr(leaf, "__array_namespace__"):
                raise ConfigError(f"{layer!r}: init gives {leaf!r} as {path}: make it an array in x.dtype")
    return given


def _in_words(given: Any) -> str:
    if isinstance(given, tuple):
        return f"({', '.join(type(part).__name__ for part in given)})"
    return "None" if given is None else f"one {type(given).__name__}"
