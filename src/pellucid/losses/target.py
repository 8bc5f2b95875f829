"""What losses ask of their targets, said once."""

from __future__ import annotations

from pellucid.errors import ShapeError
from pellucid.layer import Loss, shape_of
from pellucid.types import Array


def like_outputs(loss: Loss, y: Array, target: Array) -> Array:
    """``target`` in the shape and dtype of ``y``; a column (B, 1) may come as (B,). Raises ShapeError otherwise."""
    if target.shape == (y.shape[0],) and y.shape == (y.shape[0], 1):
        target = target[:, None]
    if target.shape != y.shape:
        raise ShapeError(
            f"{loss!r} compares outputs of shape {shape_of(y)} with targets of shape "
            f"{shape_of(target)}: they must be alike"
        )
    return target.astype(y.dtype)
