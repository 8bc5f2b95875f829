"""Checking the arrays that users hand in."""

from __future__ import annotations

from numbers import Real
from typing import Any

import numpy as np

from pellucid.errors import DataError


def check_arrays(x: Any, y: Any = None, *, task: str | None = None) -> tuple[np.ndarray, np.ndarray | None]:
    """Inputs and targets as NumPy arrays to train on, or a DataError that says what is wrong.

    Takes lists, arrays of any library, tensors and data frames: whatever ``numpy.asarray`` takes. x comes back as it
    is if it is float64, else as float32, (B, ...) with at least two axes. y, where there is one, is (B, ...): for
    ``task`` "classification" labels from 0 become int32, for "regression" every number gets the dtype of x; for None
    whole numbers are labels and others amounts. One-hot rows are amounts.
    Raises DataError for no rows, lengths that differ, NaN or infinity (naming the first), negative labels, text,
    complex numbers, a sparse matrix, 1-D x.
    """
    inputs = _numbers(x, "x")
    if inputs.ndim < 2:
        raise DataError(
            f"x has shape {inputs.shape}, but needs an axis of examples and one of features: "
            "x[:, None] makes each number an example, x[None, :] makes them one example"
        )
    inputs = _finite(_as_float(inputs), "x")
    if 0 in inputs.shape:
        raise DataError(f"x is empty: its shape is {inputs.shape}")
    if y is None:
        return inputs, None
    targets = _numbers(y, "y")
    if targets.ndim == 0 or len(targets) != len(inputs):
        raise DataError(f"x has {len(inputs)} examples, but y has {len(targets) if targets.ndim else 'no axis'}")
    return inputs, _targets(targets, inputs.dtype, task)


def _targets(y: np.ndarray, dtype: np.dtype[Any], task: str | None) -> np.ndarray:
    alone = y.size == len(y)
    if task == "regression" or (task is None and y.dtype.kind == "f") or not alone:
        return _finite(_cast(y, dtype), "y")
    labels = _finite(y.reshape(-1), "y")
    wrong = (labels != np.floor(labels)) | (labels < 0) | (labels > np.iinfo(np.int32).max)
    if wrong.any():
        row = int(wrong.argmax())
        raise DataError(f"y[{row}] is {labels[row]}, but labels are whole numbers from 0; one-hot rows are (B, K)")
    return labels.astype(np.int32)


def _numbers(values: Any, name: str) -> np.ndarray:
    """``values`` as an array of booleans, whole numbers or floats."""
    if hasattr(values, "toarray"):
        raise DataError(f"{name} is a sparse matrix: {name}.toarray() makes it an array")
    if np.ma.is_masked(values):
        raise DataError(f"{name} has masked values: fill them first, {name}.filled(...)")
    try:
        array = np.asarray(values)
    except (TypeError, ValueError, RuntimeError) as error:
        raise DataError(f"{name} cannot be made an array of numbers: {error}") from error
    if array.dtype.kind in "OSTU":
        array = _numbers_among(array.astype(object), name)
    if array.dtype.kind not in "biuf":
        example = f", such as {array.flat[0]!s}," if array.size else ""
        raise DataError(f"{name} holds {array.dtype}{example} where numbers are needed")
    return array


def _numbers_among(items: np.ndarray, name: str) -> np.ndarray:
    """Python objects as float64, if they are all numbers."""
    for index, item in np.ndenumerate(items):
        if not isinstance(item, (Real, np.bool_)):
            classes = name == "y" and isinstance(item, (str, bytes))
            hint = "; number the classes from 0: numpy.unique(y, return_inverse=True)[1]" if classes else ""
            raise DataError(f"{_place(name, index)} is {item!r}, where a number is needed{hint}")
    try:
        return items.astype(np.float64)
    except OverflowError:
        raise DataError(
            f"{name} holds a whole number too large for a float (above 1.8e308): remove or replace it"
        ) from None


def _as_float(x: np.ndarray) -> np.ndarray:
    return _cast(x, np.dtype(np.float64 if x.dtype.kind == "f" and x.dtype.itemsize >= 8 else np.float32))


def _cast(x: np.ndarray, dtype: np.dtype[Any]) -> np.ndarray:
    with np.errstate(over="ignore"):  # what is too large becomes infinite, and is found as such
        return np.ascontiguousarray(x, dtype)


def _finite(x: np.ndarray, name: str) -> np.ndarray:
    finite = np.isfinite(x)
    if not finite.all():
        index = np.unravel_index(finite.argmin(), x.shape)
        raise DataError(
            f"{_place(name, index)} is {x[index]} ({x.size - finite.sum()} such in {x.size}): remove or replace it"
        )
    return x


def _place(name: str, index: tuple[Any, ...]) -> str:
    return f"{name}[{', '.join(map(str, index))}]"
