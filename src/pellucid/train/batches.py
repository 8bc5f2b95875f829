"""What ``fit`` is given, made into a training batch and a validation batch: checked arrays and weights."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from pellucid import require
from pellucid.data import Dataset, Split, check_arrays, split
from pellucid.errors import ConfigError, DataError, ShapeError
from pellucid.layer import Loss
from pellucid.train.engines.eager import take
from pellucid.train.metrics import main_term
from pellucid.train.step import Batch
from pellucid.trees import count_examples, tree_map
from pellucid.types import Tree


def make_batches(
    loss: Loss, data: Any, validation: Any, sample_weight: Any, class_weight: Any, seed: int
) -> tuple[Batch, Batch | None]:
    """All training examples as one batch, and those held out, if any. See ``fit`` for what may be given."""
    if isinstance(data, Dataset):
        data, validation = data.train, data.validation if validation is None else validation
    x, y = checked_pair("fit: data", data)
    train = Batch(x, y, _weights(loss, y, sample_weight, class_weight))
    if validation is None:
        return train, None
    if isinstance(validation, (int, float)):
        return _hold_out(loss, train, validation, seed)
    x_held, y_held = checked_pair("fit: validation", validation)
    if _is_float(y_held) != _is_float(y):
        held_out, given = (tree_map(lambda leaf: str(leaf.dtype), tree) for tree in (y_held, y))
        raise DataError(f"fit: validation targets are {held_out}, training ones {given}: give both alike")
    return train, tree_map(lambda leaf, like: leaf.astype(like.dtype), Batch(x_held, y_held), Batch(x, y))


def _is_float(tree: Tree) -> Tree:
    return tree_map(lambda leaf: leaf.dtype.kind == "f", tree)


def checked_pair(what: str, data: Any) -> tuple[Any, Any]:
    """The pair as checked arrays. Raises DataError for what is no pair."""
    if not isinstance(data, Split) and (not isinstance(data, (tuple, list)) or len(data) != 2):
        raise DataError(f"{what} must be a pair (x, y), not {type(data).__name__}")
    x, y = data
    if y is None:
        raise DataError(f"{what} has no targets: pass a pair (x, y)")
    return check_arrays(x, y)


def _hold_out(loss: Loss, train: Batch, share: float, seed: int) -> tuple[Batch, Batch]:
    require.positive("fit", "validation", share)
    require.fraction("fit", "validation", share)
    _, target = main_term(loss, train.target)
    labels = target if loss.task == "classification" and _are_labels(target) else None
    kept, held = split(train.examples, (1 - share, share), seed=seed, stratify=labels)
    return take(train, kept), take(train, held)._replace(weight=None)


def _weights(loss: Loss, y: Any, sample_weight: Any, class_weight: Any) -> np.ndarray[Any, Any] | None:
    """The weight of each example: sample weight times class weight; None where all count alike."""
    term, labels = main_term(loss, y)
    by_class = None if class_weight is None else _class_weights(term, labels, class_weight)
    if sample_weight is None:
        return by_class
    weight = np.asarray(sample_weight)
    if weight.dtype.kind not in "biuf":
        raise DataError(f"fit: sample_weight needs numbers, not {weight.dtype}")
    weight = weight.astype(np.float64)
    if weight.shape != (count := count_examples(y),):
        raise ShapeError(f"fit: sample_weight needs shape ({count},), one for each example, not {weight.shape}")
    if not np.isfinite(weight).all() or (weight < 0).any() or weight.sum() == 0:
        raise DataError("fit: sample_weight needs finite numbers of at least 0, not all of them 0")
    # Only their ratios count, and tiny or huge ones would not fit float32.
    result: np.ndarray[Any, Any] = weight / weight.max() * (1.0 if by_class is None else by_class)
    return result


def _are_labels(target: Tree) -> bool:
    return isinstance(target, np.ndarray) and target.ndim == 1 and target.dtype.kind == "i"


def _class_weights(loss: Loss, y: Any, class_weight: Mapping[int, float] | str) -> np.ndarray[Any, Any]:
    if loss.task != "classification" or not _are_labels(y):
        raise ConfigError("fit: class_weight needs integer labels of shape (B,) and a loss for classification")
    labels, places, counts = np.unique(y, return_inverse=True, return_counts=True)
    if class_weight == "balanced":
        weights = len(y) / (len(labels) * counts)
    elif isinstance(class_weight, Mapping):
        weights = np.array([class_weight.get(label, 1.0) for label in labels.tolist()], dtype=object)
        for label, value in class_weight.items():
            if label not in labels:
                raise ConfigError(f"fit: class_weight has the label {label!r}, which no training example has")
            require.positive("fit", f"class_weight of label {label}", value)
    else:
        raise ConfigError(f"fit: class_weight is a dict from label to weight or 'balanced', not {class_weight!r}")
    result: np.ndarray[Any, Any] = weights.astype(np.float64)[places]
    return result
