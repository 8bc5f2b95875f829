"""Sequences of different lengths in one array: values, and a mask that says which steps are there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from pellucid import ops, validate
from pellucid.errors import DataError, ShapeError
from pellucid.types import Array, Tree


class Masked(NamedTuple):
    """``values`` (B, T, ...) and ``mask`` (B, T): above a half where a step is there, else it is padding.

    The mask is of the dtype of values, so that both go through a network alike; values do not depend on it smoothly.
    Layers that look along time (``Recurrent``, ``MultiHeadAttention``, ``TransformerBlock``) take no notice of padding;
    those that look at one step at a time meet masked sequences inside a ``TimeDistributed``.
    """

    values: Array
    mask: Array

    @property
    def visible(self) -> Array:
        """Booleans (B, T): which steps are there."""
        return self.mask > 0.5


def values_of(x: Tree) -> Array:
    """The values of a masked sequence; of a plain array, itself."""
    return x.values if isinstance(x, Masked) else x


def with_values(x: Tree, values: Array) -> Tree:
    """``values`` in place of those of x, masked as x is."""
    return Masked(values, x.mask) if isinstance(x, Masked) else values


def nan_if_empty(visible: Array, y: Array) -> Array:
    """y (B, ...) with NaN in the examples whose mask (B, T) hides every step: compiled code cannot refuse them, but
    NaN is found in what it gives.
    """
    there = visible.any(axis=1)
    return ops.namespace(y).where(there.reshape(-1, *(1,) * (y.ndim - 1)), y, float("nan"))


def require_a_step(owner: object, visible: Array) -> None:
    """Raise DataError for a NumPy mask (B, T) that hides all of an example; compiled code cannot look."""
    if ops.is_numpy(visible) and validate.values_are_real() and not visible.any(axis=1).all():
        example = int(visible.any(axis=1).argmin())
        raise DataError(
            f"{owner!r}: the mask hides every step of example {example} of the batch: leave empty sequences out"
        )


@contextmanager
def one_array(owner: object, for_dicts: str, for_masked: str) -> Iterator[None]:
    """Raise ShapeError where a dict of arrays, or a masked sequence, came to code that is written for one array."""
    try:
        yield
    except AttributeError as error:
        if isinstance(error.obj, Masked):
            raise ShapeError(f"{owner!r} takes one array, not a masked sequence: {for_masked}") from error
        if not isinstance(error.obj, dict):
            raise
        names = ", ".join(map(str, error.obj))
        raise ShapeError(f"{owner!r} takes one array, not a dict with {names}: {for_dicts}") from error


__all__ = ["Masked"]
