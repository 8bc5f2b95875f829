"""How good a network is, in numbers: loss, accuracy, R^2."""

from __future__ import annotations

from typing import Any

import numpy as np

from pellucid import ops
from pellucid.layer import Loss
from pellucid.types import Array


def decide(loss: Loss, y: Array) -> Array:
    """The class that outputs ``y`` (B, ..., K) stand for: the largest; of a single output, whether it is above
    the loss's threshold (0.5 for probabilities, 0 for margins). Integer, (B, ...).
    """
    if y.shape[-1] == 1:
        return (loss.predict(y)[..., 0] > loss.threshold).astype("int32")
    return y.argmax(axis=-1).astype("int32")


def labels(loss: Loss, target: Array, y: Array) -> Array:
    """The true class behind ``target``: integer labels as they are, one-hot rows by their largest. (B, ...)."""
    if target.shape == y.shape and y.shape[-1] > 1:
        return target.argmax(axis=-1).astype("int32")
    if y.shape[-1] == 1:
        return (target.reshape(y.shape[:-1]) > loss.threshold).astype("int32")
    return target


def correct(loss: Loss, y: Array, target: Array) -> Array:
    """Whether each decision is right: 1.0 or 0.0, in the dtype of ``y``."""
    return (decide(loss, y) == labels(loss, target, y)).astype(y.dtype)


def measure(loss: Loss, y: Array, target: Array, classify: bool) -> dict[str, float]:
    """``loss`` and ``accuracy`` (share of right decisions) or ``r2``: means over the examples, in float64.

    R^2 is ``1 - sum (y - target)^2 / sum (target - mean target)^2`` over all outputs; 0 is what the mean achieves.
    NaN where the targets do not vary.
    """
    result = {"loss": float(np.mean(loss.value(y, target), dtype=np.float64))}
    if classify:
        return {**result, "accuracy": float(np.mean(correct(loss, y, target), dtype=np.float64))}
    truth: Any = np.asarray(target, dtype=np.float64).reshape(y.shape[0], -1)
    said = np.asarray(loss.predict(y), dtype=np.float64).reshape(y.shape[0], -1)
    spread = ((truth - truth.mean(axis=0)) ** 2).sum()
    r2 = 1.0 - ((said - truth) ** 2).sum() / spread if spread > 0 else float("nan")
    return {**result, "r2": float(r2)}


def is_classification(loss: Loss, target: Any) -> bool:
    """Whether accuracy means something: the loss classifies, or every target row is one-hot."""
    if loss.task == "classification":
        return True
    if not ops.is_numpy(target) or target.ndim < 2 or target.shape[-1] < 2:
        return False
    return bool(((target == 0) | (target == 1)).all() and (target.sum(axis=-1) == 1).all())
