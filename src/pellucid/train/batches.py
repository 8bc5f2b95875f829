"""What ``fit`` is given, made into a training batch and a validation batch: checked arrays and weights."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from pellucid import require
from pellucid.data import Dataset, Split, check_arrays, split
from pellucid.errors import ConfigError, DataError, ShapeError
from pellucid.layer import Loss
from pellucid.train.step import Batch


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
        return _hold_out(train, validation, seed, stratify=loss.task == "classification")
    x_held, y_held = checked_pair("fit: validation", validation)
    if x_held.shape[1:] != x.shape[1:]:
        raise ShapeError(f"fit: validation examples have shape {x_held.shape[1:]}, training ones {x.shape[1:]}")
    if (y_held.dtype.kind == "f") != (y.dtype.kind == "f"):
        raise DataError(f"fit: validation targets are {y_held.dtype}, training ones {y.dtype}: give both alike")
    return train, Batch(x_held.astype(x.dtype), y_held.astype(y.dtype))


def checked_pair(what: str, data: Any) -> tuple[Any, Any]:
    """The pair as checked arrays. Raises DataError for what is no pair."""
    if not isinstance(data, Split) and (not isinstance(data, (tuple, list)) or len(data) != 2):
        raise DataError(f"{what} must be a pair (x, y), not {type(data).__name__}")
    x, y = data
    if y is None:
        raise DataError(f"{what} has no targets: pass a pair (x, y)")
    return check_arrays(x, y)


def _hold_out(train: Batch, share: float, seed: int, stratify: bool) -> tuple[Batch, Batch]:
    require.positive("fit", "validation", share)
    require.fraction("fit", "validation", share)
    target = train.target
    labels = target if stratify and target.ndim == 1 and np.issubdtype(target.dtype, np.integer) else None
    kept, held = split(len(target), (1 - share, share), seed=seed, stratify=labels)
    weight = None if train.weight is None else train.weight[kept]
    return Batch(train.x[kept], target[kept], weight), Batch(train.x[held], target[held])


def _weights(loss: Loss, y: Any, sample_weight: Any, class_weight: Any) -> np.ndarray[Any, Any] | None:
    """The weight of each example: sample weight times class weight; None where all count alike."""
    by_class = None if class_weight is None else _class_weights(loss, y, class_weight)
    if sample_weight is None:
        return by_class
    weight = np.asarray(sample_weight)
    if weight.dtype.kind not in "biuf":
        raise DataError(f"fit: sample_weight needs numbers, not {weight.dtype}")
    weight = weight.astype(np.float64)
    if weight.shape != (len(y),):
        raise ShapeError(f"fit: sample_weight needs shape ({len(y)},), one for each example, not {weight.shape}")
    if not np.isfinite(weight).all() or (weight < 0).any() or weight.sum() == 0:
        raise DataError("fit: sample_weight needs finite numbers of at least 0, not all of them 0")
    # Only their ratios count, and tiny or huge ones would not fit float32.
    result: np.ndarray[Any, Any] = weight / weight.max() * (1.0 if by_class is None else by_class)
    return result


def _class_weights(loss: Loss, y: Any, class_weight: Mapping[int, float] | str) -> np.ndarray[Any, Any]:
    if loss.task != "classification" or y.ndim != 1 or not np.issubdtype(y.dtype, np.integer):
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
