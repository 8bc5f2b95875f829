"""Files of one kind in a folder: which are, which are not, and what is said of those left out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from pellucid.data.files.walk import walk_folder
from pellucid.data.messages import name_some, with_count
from pellucid.errors import DataError
from pellucid.files import printable

MOST_FOLDERS = 20
"""How many folders are named in a note; the others are counted."""


def by_name_alone(file: Path) -> bool:
    """Whether content tells that a file is of its kind: of none."""
    return False


@dataclass(frozen=True)
class FileKind:
    """Files that hold one example each. ``what`` they are, in the plural: "images".

    A file is of the kind by what its name ends in, in whatever case; any other is where ``holds`` says so of its
    content. ``read`` gives the example. Raises DataError for a file that cannot be read.
    """

    what: str
    endings: tuple[str, ...]
    read: Callable[[Path], Any]
    holds: Callable[[Path], bool] = by_name_alone

    def is_named(self, file: Path) -> bool:
        """Whether the name of the file says that it is of this kind."""
        return file.suffix.lower() in self.endings


@dataclass(frozen=True)
class Found:
    """The ``files`` of one kind below ``root``, in the order of their names, and those ``left_out``, by reason.

    ``folders`` are those right below the root and right below these: they may be classes, with files or without.
    """

    root: Path
    kind: FileKind
    files: tuple[Path, ...]
    left_out: Mapping[str, Sequence[Path]] = field(default_factory=dict)
    folders: tuple[Path, ...] = ()

    @property
    def notes(self) -> tuple[str, ...]:
        """What was left out and why, and which files were known by their content alone."""
        out = [f"left out, {why}: {name_files(self.root, files)}" for why, files in self.left_out.items() if files]
        other = [file for file in self.files if not self.kind.is_named(file)] if self.root.is_dir() else []
        known = [f"{self.kind.what} by their content, not by their names: {name_files(self.root, other)}"]
        return (*out, *(known if other else ()))

    def without(self, why: str, files: Iterable[Path]) -> Found:
        """The same but for these files, which are left out."""
        gone = dict.fromkeys(files)
        kept = tuple(file for file in self.files if file not in gone)
        return replace(self, files=kept, left_out={**self.left_out, why: tuple(gone)})


def find_files(path: Path, kind: FileKind) -> Found:
    """``path`` itself, or all files of this kind below it. Links are followed, hidden files left out.

    Raises DataError where there is none.
    """
    if path.is_file():
        return Found(path, kind, (path,))
    if not path.is_dir():
        raise DataError(f"no such file or folder: {path}")
    contents = walk_folder(path)
    files = tuple(file for file in contents.files if kind.is_named(file) or kind.holds(file))
    taken = set(files)
    others = tuple(file for file in contents.files if file not in taken)
    found = Found(path, kind, files, {f"no {kind.what}": others, **contents.left_out}, contents.folders)
    if not files:
        said = "; ".join(("", *found.notes))
        raise DataError(f"{path} holds no {kind.what}: files that end in {', '.join(kind.endings)}{said}")
    return found


def read_each(found: Found) -> tuple[list[int], list[Any], tuple[str, ...]]:
    """The examples in the files that can be read, the numbers of these, and a note on those that cannot.

    Raises DataError where none can.
    """
    kept, values, unread = [], [], {}
    for number, file in enumerate(found.files):
        try:
            values.append(found.kind.read(file))
            kept.append(number)
        except DataError as error:
            unread[file] = str(error).removeprefix(str(file)).strip()
    if not values:
        file, reason = next(iter(unread.items()))
        raise DataError(f"no {found.kind.what.removesuffix('s')} can be read: {file} {reason}")
    if not unread:
        return kept, values, ()
    return kept, values, (f"skipped, cannot be read: {name_files(found.root, list(unread), unread)}",)


def name_files(root: Path, files: Sequence[Path], reasons: Mapping[Path, str] | None = None) -> str:
    """How many files there are in each folder, and the names of the first.

    "5 files: cat 4 (1.png, 2.png, 3.png and 1 more), dog 1 (x.png)"; those in ``root`` itself stand without a folder.
    """
    folders: dict[str, list[str]] = {}
    for file in files:
        reason = f" {reasons[file]}" if reasons else ""
        folders.setdefault(_below(root, file.parent), []).append(printable(file.name) + reason)
    groups = [
        f"{folder} {len(names):,} ({name_some(names)})" if folder else name_some(names)
        for folder, names in folders.items()
    ]
    return f"{with_count(len(files), 'file')}: {name_some(groups, MOST_FOLDERS, 'folder')}"


def _below(root: Path, folder: Path) -> str:
    """The path of a folder from ``root``; "" for the root itself, and where that is a file."""
    return printable(folder.relative_to(root).as_posix()) if folder != root and folder.is_relative_to(root) else ""
