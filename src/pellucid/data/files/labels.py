"""The class of each file: the name of its folder, or a part of its own name."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import numpy as np

from pellucid.data.files.folders import Found
from pellucid.data.files.parts import class_folders, find_parts
from pellucid.data.messages import name_some
from pellucid.errors import ConfigError, DataError
from pellucid.files import printable


@dataclass(frozen=True, eq=False)
class Labelled:
    """Files with what is to be learnt of each: its class among ``labels``, or its amount among ``amounts`` (B,).

    ``parts`` says to which part each belongs, empty where nobody said; ``target`` is what labels are called;
    ``classes`` are the folders of classes, where folders are classes.
    """

    found: Found
    labels: tuple[str, ...]
    amounts: np.ndarray | None = None
    parts: tuple[str, ...] = ()
    target: str = "class"
    classes: tuple[Path, ...] = ()
    notes: tuple[str, ...] = ()


Labelling: TypeAlias = Callable[[Found], Labelled]
"""Says what is to be learnt of each file. Raises DataError where it cannot."""


def label_by_folder(found: Found) -> Labelled:
    """The class of each file is the folder it is in: below the root, or below the folder of its part.

    A file in no class folder is left out where only its content says that it is of the kind.
    Raises DataError for others, and for a single class.
    """
    found, parts = find_parts(found, classes=True)
    depth = 3 if parts else 2
    loose = {file for file in found.files if len(file.relative_to(found.root).parts) < depth}
    if named := sorted(file for file in loose if found.kind.is_named(file)):
        raise DataError(
            f"{named[0]} is in no class folder: put it in a folder in {named[0].parent} named after its class, or say "
            f"by --label-from which part of its name is the class, or by --labels which table has it{_tables(found)}"
        )
    parts = tuple(part for file, part in zip(found.files, parts, strict=True) if file not in loose) if parts else ()
    found = found.without("in no class folder", sorted(loose))
    labels = [printable(file.relative_to(found.root).parts[depth - 2]) for file in found.files]
    _require_classes(found, labels)
    return Labelled(found, tuple(labels), parts=parts, classes=class_folders(found, parts))


def label_by_name(pattern: str) -> Labelling:
    """The class of each file is what ``{label}`` stands for in ``pattern``, where ``*`` is anything: "{label}_*.wav".

    Raises ConfigError for a pattern without ``{label}``, DataError for a name that does not fit, and a single class.
    """
    if pattern.count("{label}") != 1:
        raise ConfigError(f"label_from needs {{label}} once, as in '{{label}}_*.wav', not {pattern!r}")
    expression = re.compile(re.escape(pattern).replace(r"\{label\}", "(.+?)").replace(r"\*", ".*?"))

    def label(found: Found) -> Labelled:
        other = [file for file in found.files if not expression.fullmatch(file.name)]
        if named := [file for file in other if found.kind.is_named(file)]:
            raise DataError(f"the name of {named[0]} does not fit {pattern!r}: rename it, or correct the pattern")
        found, parts = find_parts(found.without(f"of a name that does not fit {pattern!r}", other), classes=False)
        labels = [printable(fit[1]) for file in found.files if (fit := expression.fullmatch(file.name))]
        _require_classes(found, labels)
        return Labelled(found, tuple(labels), parts=parts)

    return label


def _require_classes(found: Found, labels: Sequence[str]) -> None:
    if len(set(labels)) < 2:
        said = f"one class only, {labels[0]!r}" if labels else "no file in a class folder"
        raise DataError(
            f"{found.root} has {said}: put each class in a folder of its own, or say by --label-from "
            f"which part of a file's name is the class{_tables(found)}"
        )


def _tables(found: Found) -> str:
    """A hint at tables beside the files, which may hold their labels."""
    others = [file for files in found.left_out.values() for file in files if file.parent == found.root]
    tables = [file.name for file in others if file.suffix.lower() in (".csv", ".tsv", ".parquet")]
    return f"; {name_some(tables)} may be one" if tables else ""
