"""What ``fit`` is given, made into examples to train on and examples to measure: checked arrays and weights."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from pellucid import validate
from pellucid.data import Dataset, OnDisk, Split, check_arrays, split
from pellucid.errors import ConfigError, DataError, ShapeError
from pellucid.layer import Loss
from pellucid.runtime.blas import on_one_core
from pellucid.train.batch import Batch
from pellucid.train.feed.order import take
from pellucid.train.feed.shards import Examples, InMemory
from pellucid.train.feed.streamed import WINDOW_BYTES, Streamed
from pellucid.train.metrics import main_term
from pellucid.trees import count_examples, leaves, tree_map
from pellucid.types import Tree


@on_one_core()
def make_examples(
    loss: Loss,
    data: Any,
    validation: Any,
    sample_weight: Any,
    class_weight: Any,
    seed: int,
    window_bytes: int = WINDOW_BYTES,
) -> tuple[Examples, Examples | None]:
    """Training examples, and those held out, if any. See ``fit`` for what may be given."""
    if isinstance(data, Dataset):
        data, validation = data.train, data.validation if validation is None else validation
    train = as_examples("fit: data", data, window_bytes, loss.task)
    if sample_weight is not None or class_weight is not None:
        train = _weighted(loss, train, sample_weight, class_weight)
    if validation is None:
        return train, None
    if isinstance(validation, (int, float)):
        validate.positive("fit", "validation", validation)
        validate.fraction("fit", "validation", validation)
        return _hold_out(loss, train, validation, seed)
    held_out = as_examples("fit: validation", validation, window_bytes, loss.task)
    if _is_float(held_out.sample.target) != _is_float(train.sample.target):
        there, given = (tree_map(lambda leaf: str(leaf.dtype), part.sample.target) for part in (held_out, train))
        raise DataError(f"fit: validation targets are {there}, training ones {given}: give both alike")
    if isinstance(held_out, InMemory):
        held_out = InMemory(_cast_like(held_out.sample, train.sample._replace(weight=None)))
    return train, held_out


def as_examples(what: str, data: Any, window_bytes: int = WINDOW_BYTES, task: str | None = None) -> Examples:
    """Data on disk or a pair of arrays as examples, for a loss of this task. Raises DataError for anything else."""
    if isinstance(data, OnDisk):
        return Streamed(data, window_bytes)
    return InMemory(Batch(*checked_pair(what, data, task)))


def _cast_like(held_out: Batch, train: Batch) -> Batch:
    """Validation data in the dtypes of the training data. Raises DataError for numbers that these cannot hold."""
    with np.errstate(over="ignore"):
        cast: Batch = tree_map(lambda leaf, like: leaf.astype(like.dtype), held_out, train)
    if not all(np.isfinite(leaf).all() for leaf in leaves(cast)):
        dtype = next(leaves(train.x)).dtype
        raise DataError(
            f"fit: validation has numbers too large for {dtype}, the dtype of the training data: scale both"
        )
    return cast


def _is_float(tree: Tree) -> Tree:
    return tree_map(lambda leaf: leaf.dtype.kind == "f", tree)


def checked_pair(what: str, data: Any, task: str | None = None) -> tuple[Any, Any]:
    """The pair as checked arrays; for "regression" whole numbers are amounts. Raises DataError for what is no pair."""
    if not isinstance(data, Split) and (not isinstance(data, (tuple, list)) or len(data) != 2):
        raise DataError(f"{what} must be a pair (x, y), not {type(data).__name__}")
    x, y = data
    if y is None:
        raise DataError(f"{what} has no targets: pass a pair (x, y)")
    return check_arrays(x, y, task="regression" if task == "regression" else None)


def _hold_out(loss: Loss, train: Examples, share: float, seed: int) -> tuple[Examples, Examples]:
    if isinstance(train, Streamed):
        return train.held_out(share, seed)
    batch = train.sample
    _, target = main_term(loss, batch.target)
    labels = target if loss.task == "classification" and _are_labels(target) else None
    kept, held = split(batch.examples, (1 - share, share), seed=seed, stratify=labels)
    return InMemory(take(batch, kept)), InMemory(take(batch, held)._replace(weight=None))


def _weighted(loss: Loss, train: Examples, sample_weight: Any, class_weight: Any) -> Examples:
    if isinstance(train, Streamed):
        raise ConfigError("fit: sample_weight and class_weight go with data in memory, not with data on disk")
    weight = _weights(loss, train.sample.target, sample_weight, class_weight)
    return InMemory(train.sample._replace(weight=weight))


def _weights(loss: Loss, y: Any, sample_weight: Any, class_weight: Any) -> np.ndarray[Any, Any] | None:
    """The weight of each example: sample weight times class weight."""
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
            validate.positive("fit", f"class_weight of label {label}", value)
    else:
        raise ConfigError(f"fit: class_weight is a dict from label to weight or 'balanced', not {class_weight!r}")
    result: np.ndarray[Any, Any] = weights.astype(np.float64)[places]
    return result
