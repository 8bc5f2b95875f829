"""The kinds of data: which one a path holds, and which one a stored preparation is of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from pellucid.data.base.preparation import Preparation
from pellucid.data.images import files as picture_files
from pellucid.data.images.arrays import is_array
from pellucid.data.images.preparation import Pictures
from pellucid.data.series.preparation import SeriesPreparation
from pellucid.data.sound import files as sound_files
from pellucid.data.sound.preparation import Spectrogram
from pellucid.data.tables.embedded import ClickPreparation
from pellucid.data.tables.preparation import Preprocessing
from pellucid.data.text import files as text_files
from pellucid.data.text.bag import TextBag
from pellucid.data.text.sequence import TextSequence
from pellucid.errors import DataError, UnknownNameError

PREPARATIONS: dict[str, type[Preparation]] = {
    preparation.kind: preparation
    for preparation in (
        Preprocessing,
        TextSequence,
        TextBag,
        Spectrogram,
        Pictures,
        SeriesPreparation,
        ClickPreparation,
    )
}
"""By the tag that each is stored under."""

ENDINGS = {"images": picture_files.ENDINGS, "sound": sound_files.ENDINGS, "text": text_files.ENDINGS}
"""What the files in a folder end in, by their kind."""


def restore_preparation(values: Any, arrays: Mapping[str, np.ndarray] | None = None) -> Preparation:
    """The preparation that ``to_dict`` and ``arrays`` gave; without a tag it is of a table.

    Raises DataError for anything else, UnknownNameError for a kind that is not there.
    """
    kind = values.get("kind", Preprocessing.kind) if isinstance(values, dict) else Preprocessing.kind
    if kind not in PREPARATIONS:
        raise UnknownNameError("kind of data", str(kind), PREPARATIONS)
    return PREPARATIONS[kind].from_dict(values, arrays)


def find_kind(path: Path) -> str:
    """ "images", "sound" or "text", by what most files in a folder end in; "images" for arrays; else "table".

    Raises DataError for a folder that holds none of these, and for a single picture or recording.
    """
    if not path.is_dir():
        for kind in ("images", "sound"):
            if path.suffix.lower() in ENDINGS[kind]:
                raise DataError(f"{path} is a single file of the kind {kind!r}: name a folder of class folders of such")
        return "images" if is_array(path) else "table"
    counts = _counts(path)
    kind = max(counts, key=counts.__getitem__)
    if not counts[kind]:
        known = ", ".join(ending for known in ENDINGS.values() for ending in known)
        raise DataError(f"{path} is a folder without pictures, recordings or texts: files that end in {known}")
    return kind


def ignored_in(path: Path) -> tuple[str, ...]:
    """A note on the files of other kinds in a folder, if there are any."""
    counts = _counts(path)
    kind = max(counts, key=counts.__getitem__)
    others = ", ".join(f"{count:,} of the kind {other!r}" for other, count in counts.items() if count and other != kind)
    return (f"a folder of the kind {kind!r}; files not used: {others}",) if others else ()


def _counts(path: Path) -> dict[str, int]:
    """How many files of each kind there are in a folder."""
    endings = Counter(file.suffix.lower() for file in path.rglob("*"))
    return {kind: sum(endings[ending] for ending in known) for kind, known in ENDINGS.items()}
