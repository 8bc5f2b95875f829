"""What targets are (classes, several labels at once, amounts), and how wrong outputs are, whatever the loss."""

from __future__ import annotations

from typing import Any, Literal

import numpy as np

from pellucid.layer import Loss
from pellucid.train.metrics import decide, main_term

Answers = Literal["classes", "labels", "amounts", "other"]

FAR_OFF = 2.0
"""The largest relative error that is told, so that one very bad seed does not outweigh the others."""


def answers_of(y: Any) -> Answers:
    """ "classes" (labels, one-hot rows, zeros and ones), "labels" (several at once), "amounts"; "other" for trees."""
    if not isinstance(y, np.ndarray):
        return "other"
    if y.dtype.kind in "iub" and (y.ndim < 2 or not _is_binary(y)):
        return "classes"
    if not _is_binary(y):
        return "amounts"
    if y.ndim < 2 or y.shape[-1] == 1:
        return "classes"
    return "classes" if bool((y.sum(axis=-1) == 1).all()) else "labels"


def class_labels(y: np.ndarray) -> np.ndarray:
    """Classes as whole numbers: labels as they are, one-hot rows by their place, zeros and ones of one column."""
    if y.dtype.kind in "iub" and (y.ndim == 1 or not _is_binary(y)):
        return y.astype(int)
    if y.ndim >= 2 and y.shape[-1] > 1:
        return np.asarray(y.argmax(axis=-1))
    return np.asarray((y.reshape(y.shape[:1] if y.ndim < 2 else y.shape[:-1]) > 0.5).astype(int))


def constant_error(y: Any, kind: Answers) -> float:
    """What the best constant answer gets wrong of classes or labels, one answer at least; 1 for others."""
    if kind == "classes":
        labels = class_labels(y).reshape(-1)
        return float(max(1 - np.bincount(labels).max() / len(labels), 1 / len(labels)))
    if kind == "labels":
        return float(max(np.minimum(y.mean(axis=0), 1 - y.mean(axis=0)).mean(), 1 / y.size))
    return 1.0


def relative_error(loss: Loss, outputs: Any, y: Any) -> float:
    """The error over that of the best constant answer: the share of wrong classes or labels, the squares of amounts.

    It depends neither on the loss nor on the scale of targets, so that trainings with other losses can be compared.
    NaN for outputs in trees, which have no error that can be compared.
    """
    kind = answers_of(y)
    if kind == "other" or not isinstance(outputs, np.ndarray):
        return float("nan")
    if kind == "classes":
        return relative_wrong(decide(loss, outputs).reshape(-1), class_labels(y).reshape(-1))
    said = np.asarray(loss.predict(outputs), np.float64).reshape(y.shape)
    if kind == "labels":
        threshold = main_term(loss)[0].threshold
        return float(((said > threshold) != (y > 0.5)).mean() / constant_error(y, kind))
    return relative_squares(said, np.asarray(y, np.float64))


def relative_wrong(said: np.ndarray, true: np.ndarray) -> float:
    """The share of wrong classes over that of always saying the most frequent one."""
    return float((said != true).mean() / constant_error(true, "classes"))


def relative_squares(said: np.ndarray, true: np.ndarray) -> float:
    """The squared error over that of the mean: one less R^2; ``FAR_OFF`` at most."""
    spread = ((true - true.mean(axis=0)) ** 2).sum()
    with np.errstate(all="ignore"):
        error = float(((said - true) ** 2).sum() / spread) if spread > 0 else 1.0
    return min(error, FAR_OFF) if np.isfinite(error) else FAR_OFF


def _is_binary(y: np.ndarray) -> bool:
    return y.dtype.kind in "iufb" and bool(((y == 0) | (y == 1)).all())
