"""The kinds of data, and which one a name, a file, a folder or a stored preparation is of.

A new kind of data is a room beside the others and a line in ``BUILT_IN``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from itertools import chain
from typing import Any

import numpy as np

from pellucid.data.base.kind import KindOfData
from pellucid.data.base.preparation import Preparation
from pellucid.data.base.source import Source
from pellucid.data.catalog.kind import Named
from pellucid.data.images.kind import Images
from pellucid.data.series.kind import SeriesKind
from pellucid.data.sound.kind import Sound
from pellucid.data.tables.embedded_kind import EmbeddedTables
from pellucid.data.tables.kind import Tables
from pellucid.data.text.kind import Text
from pellucid.errors import ConfigError, DataError, UnknownNameError

BUILT_IN: tuple[KindOfData[Any], ...] = (Named(), Images(), Sound(), SeriesKind(), EmbeddedTables(), Text(), Tables())
"""The special before the general: the first that recognises a file reads it."""

SAMPLE = 3
"""How many files of an ending that is of no kind are looked into."""

_of_users: list[KindOfData[Any]] = []


def known_kinds() -> tuple[KindOfData[Any], ...]:
    """All kinds of data, those of users first."""
    return (*_of_users, *BUILT_IN)


def register_kind(kind: KindOfData[Any]) -> None:
    """Have a kind of data of your own known: settings, training, prediction and explanations then work on it.

    Raises ConfigError for what is no kind of data, and for a name that is there already.
    """
    if not isinstance(kind, KindOfData):
        raise ConfigError(f"register_kind takes a KindOfData, such as Images(), not {kind!r}")
    if any(kind.name == other.name for other in known_kinds()):
        raise ConfigError(f"there is a kind of data {kind.name!r} already: choose another name")
    _of_users.append(kind)


def forget_kind(kind: KindOfData[Any]) -> None:
    """Undo ``register_kind``."""
    _of_users.remove(kind)


def find_kind(source: Source) -> KindOfData[Any]:
    """The kind of a data set's name, of a file, or of most files in a folder.

    Raises UnknownNameError for a name that is not known, DataError for a folder without files of any kind.
    """
    named = BUILT_IN[0]
    if named.recognises(source):
        return named
    if source.path.is_dir():
        return _of_folder(source)
    if not source.path.suffix and not source.is_there:
        from pellucid.data.catalog.registry import DATASETS

        raise UnknownNameError("data set (and no such file)", source.name, DATASETS)
    return next(kind for kind in known_kinds() if kind.recognises(source))


def kind_of(preparation: Preparation) -> KindOfData[Any]:
    """The kind of data whose preparation this is."""
    return next(kind for kind in known_kinds() if isinstance(preparation, kind.preparations()))


def restore_preparation(values: Any, arrays: Mapping[str, np.ndarray] | None = None) -> Preparation:
    """The preparation that ``to_dict`` and ``arrays`` gave; without a tag it is of a table.

    Raises DataError for anything else, UnknownNameError for a kind that is not there.
    """
    known = {preparation.kind: preparation for kind in known_kinds() for preparation in kind.preparations()}
    tag = values.get("kind", Tables.name) if isinstance(values, dict) else Tables.name
    if tag not in known:
        raise UnknownNameError("kind of data", str(tag), known)
    return known[tag].from_dict(values, arrays)


def _of_folder(source: Source) -> KindOfData[Any]:
    counts = _counts(source)
    kind = max(counts, key=counts.__getitem__)
    if not counts[kind]:
        known = ", ".join(ending for kind in counts for ending in kind.endings)
        *others, last = (kind.what for kind in counts)
        raise DataError(f"{source.path} is a folder without {', '.join(others)} or {last}: files that end in {known}")
    return kind


def _counts(source: Source) -> Counter[KindOfData[Any]]:
    """How many files of each kind there are in a folder, of kinds that come in folders.

    Files of an ending that is of no kind are all taken to be what the first few of them hold.
    """
    kinds = [kind for kind in known_kinds() if kind.endings]
    counts = Counter(dict.fromkeys(kinds, 0))
    for ending, files in source.endings.items():
        named = (kind for kind in kinds if ending in kind.endings)
        held = (kind for kind in kinds if any(map(kind.holds, files[:SAMPLE])))
        if kind := next(chain(named, held), None):
            counts[kind] += len(files)
    return counts
