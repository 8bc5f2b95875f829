"""Checking the arrays that users hand in."""

from __future__ import annotations

from collections.abc import Callable
from numbers import Real
from typing import Any

import numpy as np

from pellucid.errors import DataError
from pellucid.trees import leaves


def check_arrays(x: Any, y: Any = None, *, task: str | None = None, finite: bool = True) -> tuple[Any, Any]:
    """Inputs and targets as NumPy arrays to train on, or a DataError that says what is wrong.

    Takes lists, arrays of any library, tensors and data frames: whatever ``numpy.asarray`` takes. x comes back as it
    is if it is float64, else as float32, (B, ...) with at least two axes. y, where there is one, is (B, ...): for
    ``task`` "classification" labels from 0 become int32, for "regression" every number gets the dtype of x; for None
    whole numbers are labels and others amounts. One-hot rows are amounts.
    Several inputs or outputs are a dict by name, and come back as one; all inputs get one dtype, float64 if all are.
    Raises DataError for no rows, lengths that differ, NaN or infinity (naming the first), negative labels, text,
    complex numbers, a sparse matrix, 1-D x. Not ``finite`` leaves NaN and infinity in x to ``check_finite``.
    """
    inputs = _map_arrays(_inputs, x, "x")
    if len({leaf.dtype for leaf in leaves(inputs)}) > 1:
        inputs = _map_arrays(lambda leaf, name: _cast(leaf, np.dtype(np.float32)), inputs, "x")
    if finite:
        check_finite(inputs)
    targets = None if y is None else _map_arrays(_numbers, y, "y")
    _require_one_length(inputs, targets)
    if y is None:
        return inputs, None
    dtype = next(leaves(inputs)).dtype
    return inputs, _map_arrays(lambda leaf, name: _targets(leaf, name, dtype, task), targets, "y")


def check_finite(x: Any) -> None:
    """Raise DataError for NaN or infinity in the array, or the dict of arrays, ``x``, naming the first."""
    _map_arrays(_require_finite, x, "x")


def _map_arrays(function: Callable[[Any, str], np.ndarray], given: Any, name: str) -> Any:
    """``function(values, name)`` of one array, or of every array in a dict by name: ``x['table']``."""
    if not isinstance(given, dict):
        return function(given, name)
    if not given:
        raise DataError(f"{name} is a dict without arrays")
    return {key: _map_arrays(function, part, f"{name}[{key!r}]") for key, part in given.items()}


def _inputs(x: Any, name: str) -> np.ndarray:
    inputs = _numbers(x, name)
    if inputs.ndim < 2:
        raise DataError(
            f"{name} has shape {inputs.shape}, but needs an axis of examples and one of features: "
            f"{name}[:, None] makes each number an example, {name}[None, :] makes them one example"
        )
    inputs = _as_float(inputs)
    if 0 in inputs.shape:
        raise DataError(f"{name} is empty: its shape is {inputs.shape}")
    return inputs


def _require_one_length(x: Any, y: Any) -> None:
    """Raise DataError for an array that has not as many examples as the first."""
    named: dict[str, np.ndarray] = {}
    for given, name in ((x, "x"), (y, "y")):
        if given is not None:
            _map_arrays(lambda leaf, name: named.setdefault(name, leaf), given, name)
    (first, one), *others = named.items()
    for name, leaf in others:
        if leaf.ndim == 0 or len(leaf) != len(one):
            has = len(leaf) if leaf.ndim else "no axis"
            raise DataError(f"{first} has {len(one)} examples, but {name} has {has}")


def _targets(y: np.ndarray, name: str, dtype: np.dtype[Any], task: str | None) -> np.ndarray:
    alone = y.size == len(y)
    if task == "regression" or (task is None and y.dtype.kind == "f") or not alone:
        return _require_finite(_cast(y, dtype), name)
    labels = _require_finite(y.reshape(-1), name)
    wrong = (labels != np.floor(labels)) | (labels < 0) | (labels > np.iinfo(np.int32).max)
    if wrong.any():
        row = int(wrong.argmax())
        raise DataError(f"{name}[{row}] is {labels[row]}, but labels are whole numbers from 0; one-hot rows are (B, K)")
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
        array = _objects_as_numbers(array.astype(object), name)
    if array.dtype.kind not in "biuf":
        example = f", such as {array.flat[0]!s}," if array.size else ""
        raise DataError(f"{name} holds {array.dtype}{example} where numbers are needed")
    return array


def _objects_as_numbers(items: np.ndarray, name: str) -> np.ndarray:
    """Python objects as float64, if they are all numbers."""
    for index, item in np.ndenumerate(items):
        if not isinstance(item, (Real, np.bool_)):
            classes = name.startswith("y") and isinstance(item, (str, bytes))
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


def _require_finite(x: np.ndarray, name: str) -> np.ndarray:
    flat = x.reshape(-1)
    with np.errstate(over="ignore"):
        if x.dtype.kind == "f" and np.isfinite(np.dot(flat, flat)):  # then all are; it takes half the time
            return x
    finite = np.isfinite(x)
    if not finite.all():
        index = np.unravel_index(finite.argmin(), x.shape)
        raise DataError(
            f"{_place(name, index)} is {x[index]} ({x.size - finite.sum()} such in {x.size}): remove or replace it"
        )
    return x


def _place(name: str, index: tuple[Any, ...]) -> str:
    return f"{name}[{', '.join(map(str, index))}]"
