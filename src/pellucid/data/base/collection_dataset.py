"""The data set that a collection of examples makes: texts, recordings, images."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from pellucid.data.base.collection import Collection, CollectionPreparation
from pellucid.data.base.dataset import Dataset, Split
from pellucid.data.base.splits import FRACTIONS, split, split_by_parts
from pellucid.data.base.targets import ClassTarget, NumberTarget
from pellucid.errors import DataError

Fit = Callable[[Collection, Any], CollectionPreparation]
"""Fits a preparation on the training examples, given the target."""


def dataset_from_collection(
    collection: Collection,
    fit: Fit,
    *,
    seed: int = 0,
    fractions: Sequence[float] = FRACTIONS,
    test: Collection | None = None,
    parts: Sequence[np.ndarray] | None = None,
) -> Dataset:
    """The data set of labelled examples: split (stratified), and prepared by what ``fit`` makes of the training part.

    Args:
        collection: the examples, with their labels or amounts; and the part of each, where these are given.
        fit: gives a preparation of the training examples and the target: classes, or amounts.
        seed: draws the examples of each part.
        fractions: of the examples, for training, validation and test; with ``test`` the first two share all examples.
        test: the examples of the test part; None takes some of ``collection``.
        parts: the numbers of the examples of each part, instead of drawing them.

    Returns:
        The data set.

    Raises:
        DataError: for a single class, too few examples, a class in another part that is not in the training part.
    """
    if test is not None and "test" in collection.parts:
        raise DataError(f"{collection.name} has a test part of its own: leave {test.name} out as its test part")
    classes = _find_classes(collection)
    y = None if classes is None else _encode(collection, classes)
    shares = fractions if test is None else [share / sum(fractions[:2]) for share in fractions[:2]]
    said: tuple[str, ...] = ()
    if parts is None and collection.parts:
        parts, said = split_by_parts(collection.parts, shares, seed=seed, stratify=y)
    elif parts is None:
        parts = split(len(collection.values), shares, seed=seed, stratify=y)
    training = collection.take(parts[0])
    target = classes or NumberTarget.fit(collection.target, _amounts(training))
    preparation = fit(training, target)
    x, notes = preparation.transform(collection)
    whole = Split(x, _encode(collection, target))
    train, validation, *rest = (whole.take(rows) for rows in parts)
    if test is not None:
        x, more = preparation.transform(test)
        rest = [Split(x, _encode(test, target))]
        notes += tuple(f"{test.name}: {note}" for note in (*test.notes, *more))
    rare = () if classes is None or y is None else classes.note_rare(y, parts)
    summary = f"{target.task}: {len(whole):,} examples {_what_is_learnt(target)}"
    notes = (*collection.notes, summary, *said, *preparation.notes, *rare, *notes)
    return Dataset(collection.name, train, validation, rest[0], preparation, notes)


def _find_classes(collection: Collection) -> ClassTarget | None:
    """The classes of the training examples, or of all where no part is given; None where amounts are learnt."""
    if collection.amounts is not None:
        return None
    parts = collection.parts or ("train",) * len(collection.labels)
    trained = {label for label, part in zip(collection.labels, parts, strict=True) if part == "train"}
    return ClassTarget(collection.target, tuple(sorted(trained, key=_sort_key)))


def _what_is_learnt(target: ClassTarget | NumberTarget) -> str:
    return f"with the amount {target.name!r}" if target.classes is None else f"of {len(target.classes)} classes"


def _sort_key(name: str) -> tuple[float, str]:
    """Numbers by size, before words by the alphabet."""
    return (float(name) if name.isdecimal() else float("inf"), name)


def _amounts(collection: Collection) -> np.ndarray:
    if collection.amounts is None:
        raise DataError(f"{collection.name} has classes, but amounts are learnt: give the amount of each")
    return collection.amounts


def _encode(collection: Collection, target: ClassTarget | NumberTarget) -> np.ndarray:
    if isinstance(target, NumberTarget):
        return target.encode(_amounts(collection))
    labels = target.labels
    for name, place in zip(collection.labels, collection.places, strict=True):
        if name not in labels:
            raise DataError(f"{place} is of class {name!r}, not seen in training: {', '.join(target.classes)}")
    return np.array([labels[name] for name in collection.labels], np.int32)
