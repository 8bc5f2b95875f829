"""Texts in files: a folder of class folders, or a single file."""

from __future__ import annotations

import codecs
from dataclasses import replace
from functools import partial
from pathlib import Path

from pellucid.data.base.collection import Collection, collect_files
from pellucid.data.base.preparation import Reading
from pellucid.data.files.encoding import CONTROL, decode
from pellucid.data.files.folders import FileKind
from pellucid.data.files.labels import Labelling
from pellucid.errors import DataError

ENDINGS = (".txt", ".text")

OTHER = (
    *(".csv", ".tsv", ".json", ".jsonl", ".xml", ".yaml", ".yml", ".toml", ".ini", ".cfg", ".svg"),
    *(".py", ".sh", ".js", ".css", ".ps", ".eps"),
)
"""Endings of files that are written in letters, but are tables, settings, programs or drawings."""

HEAD = 100_000
"""How many bytes of a file are looked at to tell whether it is a text."""


def is_text(file: Path, encoding: str = "utf-8") -> bool:
    """Whether a file whose name does not tell is a text in this encoding, without bytes that text does not hold."""
    if file.suffix.lower() in OTHER:
        return False
    try:
        with file.open("rb") as opened:
            head = opened.read(HEAD)
        text = codecs.getincrementaldecoder(encoding)().decode(head, final=len(head) < HEAD)
    except (OSError, UnicodeError, LookupError):
        return False
    return not CONTROL.search(text.encode("utf-8", "replace"))


def _bytes_of(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise DataError(f"{file} ({error.strerror or error})") from None


def texts_in(path: Path, reading: Reading, labelling: Labelling | None = None) -> Collection:
    """The texts of the files in a folder, or of one file, each with its class if there is a ``labelling``.

    Files that cannot be read are skipped, named and counted; one in another encoding is an error.
    """
    encoding = reading.encoding or "utf-8"
    kind = FileKind("texts", ENDINGS, _bytes_of, partial(is_text, encoding=encoding))
    found = collect_files(path, kind, labelling)
    texts = [decode(data, file, encoding) for data, file in zip(found.values, found.places, strict=True)]
    return replace(found, values=texts)
