"""Files in folders: which there are, and which class each is of."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from pellucid.data.messages import with_count
from pellucid.errors import ConfigError, DataError
from pellucid.files import printable

SHOWN = 3
"""How many of the files that are skipped are named in a note."""


def list_files(path: Path, endings: Sequence[str], what: str) -> list[Path]:
    """``path`` itself, or all files below it with one of these ``endings``, in the order of their names.

    Hidden ones are left out. Raises DataError where there is none.
    """
    if path.is_file():
        return [path]
    if not path.is_dir():
        raise DataError(f"no such file or folder: {path}")
    files = sorted(file for file in path.rglob("*") if file.suffix.lower() in endings and file.is_file())
    files = [file for file in files if not any(part.startswith(".") for part in file.relative_to(path).parts)]
    if not files:
        raise DataError(f"{path} holds no {what}: files that end in {', '.join(endings)}")
    return files


def label_files(path: Path, files: Sequence[Path], label_from: str | None) -> tuple[str, ...]:
    """The class of each file below ``path``: the name of the folder in it; or what ``label_from`` finds in its name.

    ``label_from`` is a pattern of file names in which ``{label}`` stands for the class and ``*`` for anything:
    ``{label}_*_*.wav``. Raises DataError for files in no class folder, names that do not fit, and a single class.
    """
    label = _by_folder(path) if label_from is None else _by_name(label_from)
    labels = tuple(printable(label(file)) for file in files)
    if len(set(labels)) < 2:
        raise DataError(
            f"{path} has one class only, {labels[0]!r}: put each class in a folder of its own, or say by --label-from "
            "which part of a file's name is the class"
        )
    return labels


def _by_folder(path: Path) -> Callable[[Path], str]:
    def label(file: Path) -> str:
        parts = file.relative_to(path).parts
        if len(parts) < 2:
            raise DataError(
                f"{file} is in no class folder: put it in a folder in {path} named after its class, or say by "
                "--label-from which part of its name is the class"
            )
        return parts[0]

    return label


def _by_name(pattern: str) -> Callable[[Path], str]:
    if pattern.count("{label}") != 1:
        raise ConfigError(f"label_from needs {{label}} once, as in '{{label}}_*.wav', not {pattern!r}")
    expression = re.escape(pattern).replace(r"\{label\}", "(.+?)").replace(r"\*", ".*?")

    def label(file: Path) -> str:
        if not (found := re.fullmatch(expression, file.name)):
            raise DataError(f"the name of {file} does not fit {pattern!r}: rename it, or correct the pattern")
        return found[1]

    return label


def read_each(
    files: Iterable[Path], read: Callable[[Path], Any], what: str
) -> tuple[list[int], list[Any], tuple[str, ...]]:
    """What ``read`` makes of the files it can read, their numbers, and a note that names and counts those it cannot.

    Raises DataError where all of them are damaged.
    """
    kept, values, damaged = [], [], []
    for number, file in enumerate(files):
        try:
            values.append(read(file))
            kept.append(number)
        except DataError as error:
            damaged.append(str(error))
    if not values:
        raise DataError(f"no {what} can be read: {damaged[0]}")
    if not damaged:
        return kept, values, ()
    more = f" and {len(damaged) - SHOWN} more" if len(damaged) > SHOWN else ""
    return kept, values, (f"skipped {with_count(len(damaged), 'damaged file')}: {'; '.join(damaged[:SHOWN])}{more}",)
