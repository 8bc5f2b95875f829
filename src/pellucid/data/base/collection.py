"""Texts, recordings, pictures: examples of one kind, before they are made numbers, and the data set they make."""

from __future__ import annotations

import os
from abc import abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import numpy as np

from pellucid.data.base.dataset import Dataset, Split
from pellucid.data.base.preparation import Inputs, Preparation, Reading
from pellucid.data.base.splits import FRACTIONS, split
from pellucid.data.base.targets import ClassTarget
from pellucid.errors import DataError
from pellucid.types import Tree


@dataclass(frozen=True, eq=False)
class Collection:
    """``values`` as they were read, a list or an array (B, ...); ``places`` say where each was found.

    ``labels`` are their classes, empty where nobody asked, and ``target`` is what these are called.
    """

    name: str
    values: Any
    places: tuple[str, ...]
    labels: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    target: str = "class"

    def take(self, rows: np.ndarray) -> Collection:
        """The examples with these numbers."""
        values, places = [self.values[i] for i in rows], tuple(self.places[i] for i in rows)
        return Collection(self.name, values, places, tuple(self.labels[i] for i in rows), self.notes, self.target)


class CollectionPreparation(Preparation):
    """A preparation whose files hold examples that are read first and made numbers then.

    ``path_types`` are the types of items that are paths of files where a list of them is given.
    """

    path_types: ClassVar[tuple[type, ...]] = (str, os.PathLike)

    @abstractmethod
    def collect(self, path: Path, reading: Reading) -> Collection:
        """The examples of new files."""

    def gather(self, data: Any, reading: Reading) -> Collection:
        """The examples of data in memory. Raises DataError for what holds none of this kind, here all."""
        raise self.refusal(data)

    @abstractmethod
    def transform(self, collection: Collection) -> tuple[Tree, tuple[str, ...]]:
        """x of the examples, and notes. Raises DataError for an example that does not fit."""

    def read(self, path: Path, reading: Reading) -> Inputs:
        return self._inputs(self.collect(path, reading))

    def prepare(self, data: Any, reading: Reading) -> Inputs:
        """The x of examples in memory, or of a list of files."""
        if isinstance(data, (list, tuple)) and data and all(isinstance(item, self.path_types) for item in data):
            return self._inputs(join_collections([self.collect(Path(item), reading) for item in data]))
        return self._inputs(self.gather(data, reading))._replace(places=None)

    def _inputs(self, collection: Collection) -> Inputs:
        x, notes = self.transform(collection)
        return Inputs(x, collection.places, (*collection.notes, *notes))


def join_collections(parts: Sequence[Collection]) -> Collection:
    """The examples of several collections, one after another, without classes."""
    values = [value for part in parts for value in part.values]
    places = tuple(place for part in parts for place in part.places)
    return Collection(parts[0].name, values, places, notes=tuple(note for part in parts for note in part.notes))


Fit = Callable[[Collection, ClassTarget], CollectionPreparation]
"""Fits a preparation on the training examples."""


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
        collection: the examples, with their labels.
        fit: gives a preparation of the training examples and the classes.
        seed: draws the examples of each part.
        fractions: of the examples, for training, validation and test; with ``test`` the first two share all examples.
        test: the examples of the test part; None takes some of ``collection``.
        parts: the numbers of the examples of each part, instead of drawing them.

    Returns:
        The data set.

    Raises:
        DataError: for a single class, too few examples, a class in ``test`` that is not in ``collection``.
    """
    target = ClassTarget(collection.target, tuple(sorted(set(collection.labels), key=_sort_key)))
    y = _encode(collection, target)
    if parts is None:
        shares = fractions if test is None else [share / sum(fractions[:2]) for share in fractions[:2]]
        parts = split(len(y), shares, seed=seed, stratify=y)
    preparation = fit(collection.take(parts[0]), target)
    x, notes = preparation.transform(collection)
    whole = Split(x, y)
    train, validation, *rest = (whole.take(rows) for rows in parts)
    if test is not None:
        x, said = preparation.transform(test)
        rest = [Split(x, _encode(test, target))]
        notes += tuple(f"{test.name}: {note}" for note in (*test.notes, *said))
    summary = f"classification: {len(y):,} examples of {len(target.classes)} classes"
    rare = target.note_rare(y)
    notes = (*collection.notes, summary, *preparation.notes, *rare, *notes)
    return Dataset(collection.name, train, validation, rest[0], preparation, notes)


def _sort_key(name: str) -> tuple[float, str]:
    """Numbers by size, before words by the alphabet."""
    return (float(name) if name.isdecimal() else float("inf"), name)


def _encode(collection: Collection, target: ClassTarget) -> np.ndarray:
    labels = target.labels
    for name, place in zip(collection.labels, collection.places, strict=True):
        if name not in labels:
            raise DataError(f"{place} is of class {name!r}, not seen in training: {', '.join(target.classes)}")
    return np.array([labels[name] for name in collection.labels], np.int32)
