"""Examples to try a subject on: a shape to be filled with normal numbers, an array, or a tree of either."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from pellucid.check.cases.case import floating
from pellucid.errors import ConfigError
from pellucid.types import Array, Tree


def check_sizes(case: object, field: str, given: Any) -> None:
    """Raise ConfigError for a shape or array without examples or without numbers: nothing could fail on it."""

    def check(leaf: Any) -> None:
        shape = _shape(leaf)
        if not shape or min(shape) < 1:
            raise ConfigError(
                f"{type(case).__name__}: {field} must have an axis of examples and no size below 1, "
                f"not the shape {shape}"
            )

    _map(check, given)


def fill(given: Any, rng: np.random.Generator, seed: int, count: int | None) -> Tree:
    """Normal numbers in place of shapes; arrays with their examples rotated by ``seed`` places; of each the first
    ``count`` examples.
    """

    def fill_leaf(leaf: Any) -> Array:
        if _is_shape(leaf):
            return rng.standard_normal(leaf)[:count]
        array = np.asarray(leaf)
        return np.roll(array.astype(np.float64) if floating(array) else array, seed, axis=0)[:count]

    return _map(fill_leaf, given)


def shapes(given: Any) -> str:
    """The shapes of an example, for the name of its case."""
    return str(_map(_shape, given)).replace(" ", "")


def _is_shape(given: Any) -> bool:
    return isinstance(given, tuple) and all(isinstance(n, int) for n in given)


def _map(function: Callable[[Any], Any], given: Any) -> Any:
    """The tree of ``function(shape or array)``: unlike in ``tree_map``, a tuple of whole numbers is a leaf."""
    if isinstance(given, dict):
        return {name: _map(function, part) for name, part in given.items()}
    if isinstance(given, (tuple, list)) and not _is_shape(given):
        parts = [_map(function, part) for part in given]
        return type(given)(*parts) if hasattr(given, "_fields") else type(given)(parts)
    return function(given)


def _shape(given: Any) -> tuple[int, ...]:
    return given if _is_shape(given) else np.shape(given)
