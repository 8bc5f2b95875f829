"""Sequences of different lengths in one array: values, and a mask that says which steps are there."""

from __future__ import annotations

from typing import NamedTuple

from pellucid import ops, require
from pellucid.errors import DataError
from pellucid.types import Array


class Masked(NamedTuple):
    """``values`` (B, T, ...) and ``mask`` (B, T): above a half where a step is there, else it is padding.

    The mask is of the dtype of values, so that both go through a network alike; values do not depend on it smoothly.
    Layers that look along time (``Recurrent``, ``MultiHeadAttention``) take no notice of padding; those that look at
    one step at a time meet masked sequences inside a ``TimeDistributed``.
    """

    values: Array
    mask: Array

    @property
    def visible(self) -> Array:
        """Booleans (B, T): which steps are there."""
        return self.mask > 0.5


def require_a_step(owner: object, visible: Array) -> None:
    """Raise DataError for a NumPy mask (B, T) that hides all of an example; compiled code cannot look."""
    if ops.is_numpy(visible) and require.values_are_real() and not visible.any(axis=1).all():
        example = int(visible.any(axis=1).argmin())
        raise DataError(f"{owner!r}: the mask hides every step of example {example}: leave empty sequences out")


__all__ = ["Masked"]
