"""Folders named train, validation and test: which part of the data their files are."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pellucid.data.files.folders import Found
from pellucid.errors import DataError

PARTS = {
    "train": "train",
    "training": "train",
    "val": "validation",
    "valid": "validation",
    "validation": "validation",
    "dev": "validation",
    "test": "test",
    "testing": "test",
}
"""What the folder of each part may be called, in whatever case."""


def find_parts(found: Found, *, classes: bool) -> tuple[Found, tuple[str, ...]]:
    """The files that are in a part, and the part of each: "train", "validation" or "test"; none where all are one.

    There are parts where the first folders are named so, one of them train; those of other names are left out then.
    With ``classes`` each part needs class folders, so that classes may bear such names.
    Raises DataError for parts without class folders.
    """
    tops = {file: _top(found.root, file) for file in found.files}
    parts = {top: PARTS[top.lower()] for top in sorted(set(tops.values())) if top.lower() in PARTS}
    alone = set(tops.values()) == set(parts)
    if "train" not in parts.values() or (len(parts) < 2 and not alone):
        return found, ()
    if classes and not any(_has_class(found.root, file) for file, top in tops.items() if top in parts):
        if alone and len(parts) > 1:
            raise DataError(
                f"{found.root} has parts, {', '.join(parts)}, without class folders: put each class in a folder of its "
                "own in each part, or say by --label-from or --labels where the classes are"
            )
        return found, ()
    found = found.without(f"in none of {', '.join(parts)}", (file for file, top in tops.items() if top not in parts))
    return found, tuple(parts[tops[file]] for file in found.files)


def class_folders(found: Found, parts: Sequence[str]) -> tuple[Path, ...]:
    """The folders that stand for classes: right below the root, or where there are parts right below these."""
    depth = 2 if parts else 1
    relative = [(folder, folder.relative_to(found.root).parts) for folder in found.folders]
    return tuple(
        folder for folder, names in relative if len(names) == depth and (depth == 1 or names[0].lower() in PARTS)
    )


def _top(root: Path, file: Path) -> str:
    first, *rest = file.relative_to(root).parts
    return first if rest else ""


def _has_class(root: Path, file: Path) -> bool:
    return len(file.relative_to(root).parts) > 2
