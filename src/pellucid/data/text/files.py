"""Texts in files: a folder of class folders, or a single file."""

from __future__ import annotations

from pathlib import Path

from pellucid.data.base.collection import Collection
from pellucid.data.base.preparation import Reading
from pellucid.data.files.encoding import decode
from pellucid.data.files.folders import label_files, list_files, read_each
from pellucid.errors import DataError

ENDINGS = (".txt",)


def texts_in(path: Path, reading: Reading, label_from: str | None = None, *, labelled: bool) -> Collection:
    """The texts of the files in a folder, or of one file, each with its class if they are ``labelled``.

    Files that cannot be read are skipped, named and counted; one in another encoding is an error.
    """
    files = list_files(path, ENDINGS, "texts")
    labels = label_files(path, files, label_from) if labelled else ()
    kept, contents, notes = read_each(files, _bytes_of, "text")
    places = tuple(str(files[i]) for i in kept)
    texts = [decode(data, file, reading.encoding or "utf-8") for data, file in zip(contents, places, strict=True)]
    return Collection(path.name, texts, places, tuple(labels[i] for i in kept) if labelled else (), notes)


def _bytes_of(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise DataError(f"{file} ({error.strerror or error})") from None
