"""What layers that sum over features ask of their input, said once."""

from __future__ import annotations

from pellucid.errors import ShapeError
from pellucid.layer import Layer, shape_of
from pellucid.types import Array, HasShape


def count_features(layer: Layer, x: HasShape) -> int:
    """D of x (B, ..., D). Raises ShapeError unless x has at least two axes."""
    if len(x.shape) < 2:
        raise ShapeError(f"{layer!r} needs x of shape (batch, features), not {shape_of(x)}; one example is x[None, :]")
    return shape_of(x)[-1]


def check_time(layer: Layer, x: HasShape) -> None:
    """Raise ShapeError unless x is (B, T, ...)."""
    if len(x.shape) < 2:
        raise ShapeError(f"{layer!r} needs x of shape (batch, time) or (batch, time, ...), not {shape_of(x)}")


def check_steps(layer: Layer, x: HasShape) -> None:
    """Raise ShapeError unless x is (B, T, D), T being 0 or more."""
    if len(x.shape) != 3:
        raise ShapeError(f"{layer!r} needs x of shape (batch, time, features), not {shape_of(x)}")


def check_sequence(layer: Layer, x: HasShape) -> None:
    """Raise ShapeError unless x is (B, T, D) with at least one step."""
    check_steps(layer, x)
    if x.shape[1] == 0:
        raise ShapeError(
            f"{layer!r} needs at least one time step, but x has shape {shape_of(x)}: leave empty sequences out"
        )


def check_features(layer: Layer, W: Array, x: Array) -> None:
    """Raise ShapeError unless x (B, ..., D) has as many features as the weights W (D, ...) are for."""
    if x.shape[-1] != W.shape[0]:
        raise ShapeError(
            f"{layer!r} has weights for {W.shape[0]} features, but x has shape {shape_of(x)}: "
            f"its last axis must be {W.shape[0]}"
        )


def as_rows(x: Array) -> Array:
    """x (B, ..., D) with one row of D features for each example and step: (B ..., D)."""
    return x if x.ndim == 2 else x.reshape(-1, x.shape[-1])
