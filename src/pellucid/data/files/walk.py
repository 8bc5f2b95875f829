"""What lies below a folder: every file, links followed, and every name that leads to no file to read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

HIDDEN = "hidden"
LOST = "links that lead nowhere"
LOOP = "links back to a folder they lie in"
SPECIAL = "no plain files"
CLOSED = "folders that may not be read"

FoundPath = tuple[Path, str]
"""A path, and why it is none to read: "" for a file that is."""


@dataclass(frozen=True)
class Contents:
    """The ``files`` below a folder in the order of their names, and the names ``left_out`` by reason.

    ``folders`` are those right below it and those right below these, hidden ones left out: they may be classes.
    """

    files: tuple[Path, ...]
    left_out: dict[str, tuple[Path, ...]]
    folders: tuple[Path, ...]


def walk_folder(path: Path) -> Contents:
    """Everything below ``path``. A link to a folder is that folder, unless it is one that the link lies in."""
    found = sorted(_entries(path, (_identity(path),), False))
    reasons = sorted({reason for _, reason in found if reason})
    left_out = {reason: tuple(file for file, why in found if why == reason) for reason in reasons}
    return Contents(tuple(file for file, why in found if not why), left_out, tuple(sorted(_folders(path, 2))))


def _entries(folder: Path, above: tuple[tuple[int, int], ...], hidden: bool) -> Iterator[FoundPath]:
    try:
        children = list(folder.iterdir())
    except OSError:
        yield folder, CLOSED
        return
    for child in children:
        unseen = hidden or child.name.startswith(".")
        try:
            identity = _identity(child)
        except OSError:
            yield child, LOST
            continue
        if not child.is_dir():
            yield child, HIDDEN if unseen else "" if child.is_file() else SPECIAL
        elif identity in above:
            yield child, LOOP
        else:
            yield from _entries(child, (*above, identity), unseen)


def _identity(path: Path) -> tuple[int, int]:
    """What a file or folder is, whatever leads to it."""
    found = path.stat()
    return found.st_dev, found.st_ino


def _folders(path: Path, depth: int) -> Iterator[Path]:
    try:
        below = [child for child in path.iterdir() if child.is_dir() and not child.name.startswith(".")]
    except OSError:
        return
    for folder in below:
        yield folder
        if depth > 1:
            yield from _folders(folder, depth - 1)
