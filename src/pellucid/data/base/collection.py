"""Texts, recordings, images: examples of one kind, before they become numbers."""

from __future__ import annotations

import os
from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, ClassVar

import numpy as np

from pellucid.data.base.preparation import Inputs, Preparation, Reading
from pellucid.data.files.folders import FileKind, find_files, read_each
from pellucid.data.files.labels import Labelled, Labelling
from pellucid.data.messages import name_some
from pellucid.files import printable
from pellucid.types import Tree


@dataclass(frozen=True, eq=False)
class Collection:
    """``values`` as they were read, a list or an array (B, ...); ``places`` say where each was found.

    ``labels`` are their classes, or ``amounts`` (B,) what is to be learnt of each; both are empty where nobody asked,
    and ``target`` is what they are called. ``parts`` says which are to train, to validate and to test, where known.
    """

    name: str
    values: Any
    places: tuple[str, ...]
    labels: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    target: str = "class"
    amounts: np.ndarray | None = None
    parts: tuple[str, ...] = ()

    def take(self, rows: np.ndarray) -> Collection:
        """The examples with these numbers."""
        return replace(
            self,
            values=[self.values[i] for i in rows],
            places=tuple(self.places[i] for i in rows),
            labels=tuple(self.labels[i] for i in rows) if self.labels else (),
            amounts=None if self.amounts is None else self.amounts[rows],
            parts=tuple(self.parts[i] for i in rows) if self.parts else (),
        )


def collect_files(path: Path, kind: FileKind, labelling: Labelling | None = None) -> Collection:
    """The examples in the files of a kind below a folder, or in one file; with what is to be learnt if ``labelling``.

    Files that are left out or cannot be read are named and counted in the notes, as are classes without any.
    """
    found = find_files(path, kind)
    known = Labelled(found, ()) if labelling is None else labelling(found)
    kept, values, unread = read_each(known.found)
    labels = tuple(known.labels[i] for i in kept) if known.labels else ()
    empty = [name for folder in known.classes if (name := printable(folder.name)) not in labels]
    lost = (f"class folders without {kind.what}: {name_some(empty, 10)}",) if empty else ()
    return Collection(
        path.name,
        values,
        tuple(str(known.found.files[i]) for i in kept),
        labels,
        (*known.found.notes, *lost, *known.notes, *unread),
        known.target,
        None if known.amounts is None else known.amounts[kept],
        tuple(known.parts[i] for i in kept) if known.parts else (),
    )


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
