"""What losses ask of their targets, said once."""

from __future__ import annotations

import numpy as np

from pellucid import ops
from pellucid.errors import DataError, ShapeError
from pellucid.layer import Loss, shape_of
from pellucid.types import Array


def like_outputs(loss: Loss, y: Array, target: Array) -> Array:
    """``target`` in the shape and dtype of ``y``; a single output (B, ..., 1) may come without its last axis.

    Raises ShapeError otherwise.
    """
    if target.shape != y.shape:
        if (*target.shape, 1) != y.shape:
            raise ShapeError(
                f"{loss!r} compares outputs of shape {shape_of(y)} with targets of shape "
                f"{shape_of(target)}: they must be alike"
            )
        target = target[..., None]
    return target.astype(y.dtype, copy=False)


def one_hot(loss: Loss, y: Array, target: Array) -> Array:
    """``target`` as rows (B, ..., K) in the dtype of ``y``: labels (B, ...) as 1 at the label and 0 elsewhere.

    Rows stay as they are. Raises ShapeError where neither fits, and where there are not several classes.
    """
    if len(y.shape) < 2 or y.shape[-1] < 2:
        raise ShapeError(
            f"{loss!r} chooses among classes: it needs outputs of shape (batch, ..., classes) with 2 classes or more, "
            f"not {shape_of(y)}; for one output there is SigmoidCrossEntropy()"
        )
    if target.shape == y.shape:
        return target.astype(y.dtype)
    if target.shape != y.shape[:-1]:
        raise ShapeError(
            f"{loss!r} got outputs of shape {shape_of(y)} and targets of shape {shape_of(target)}: targets must be "
            f"labels of shape {shape_of(y)[:-1]} or rows of shape {shape_of(y)}"
        )
    return (target[..., None] == ops.namespace(y).arange(y.shape[-1])).astype(y.dtype)


def check_among(loss: Loss, target: Array, values: tuple[int, ...]) -> None:
    """Raise DataError for a target that is none of ``values``."""
    _refuse(loss, target, ~np.isin(target, values), " or ".join(map(str, values)))


def check_labels(loss: Loss, target: Array, classes: int) -> None:
    """Raise DataError for a target that is not a whole number from 0 to ``classes - 1``."""
    wanted = (
        f"a whole number from 0 to {classes - 1}: number the classes from 0, and give the network an output for each "
        f"(it has {classes})"
    )
    _refuse(loss, target, ~np.isin(target, np.arange(classes)), wanted)


def check_probabilities(loss: Loss, target: Array) -> None:
    """Raise DataError for a target that is not a number from 0 to 1."""
    _refuse(loss, target, ~((target >= 0) & (target <= 1)), "a number from 0 to 1")


def check_sums(loss: Loss, target: Array) -> None:
    """Raise DataError for a row (B, ..., K) whose sum is not 1, to a thousandth."""
    total = target.sum(axis=-1)
    _refuse(loss, total, abs(total - 1) > 1e-3, "1", what="target sum")


def _refuse(loss: Loss, target: Array, bad: Array, wanted: str, what: str = "target") -> None:
    """Raise DataError for the first of the ``bad`` targets, if there is one."""
    if bad.any():
        place = tuple(np.argwhere(bad)[0])
        raise DataError(f"{loss!r}: example {place[0]} has the {what} {target[place].item()!r}, not {wanted}")
