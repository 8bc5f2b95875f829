"""What all preparations of texts share: terms, and which files they read."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from types import NoneType
from typing import Any, ClassVar, Literal

from pellucid.data.base.collection import Collection, CollectionPreparation
from pellucid.data.base.preparation import Reading
from pellucid.data.tables.labelled_lines import read_text_table
from pellucid.data.tables.memory import table_in_memory
from pellucid.data.text.files import ENDINGS, texts_in
from pellucid.data.text.tables import texts_of
from pellucid.errors import DataError

Level = Literal["word", "character"]

MOST_TERMS = 10_000
TABLES = (".csv", ".tsv", ".parquet")
"""What the names of tables end in."""

WORD = r"(?u)\w+|[^\w\s]"


def split_terms(text: str, level: Level) -> list[str]:
    """The terms of a text: words in lower case, each punctuation mark a word of its own; or characters as they are."""
    return list(text) if level == "character" else re.findall(WORD, text.lower())


class TextPreparation(CollectionPreparation):
    """What both forms share: ``terms`` are the vocabulary, ``column`` is that of the texts in a table, if in one."""

    terms: tuple[str, ...]
    column: str | None
    path_types: ClassVar[tuple[type, ...]] = (os.PathLike,)  # a str is a text

    def _check_terms(self) -> None:
        if len(self.terms) < 2 or len(set(self.terms)) != len(self.terms):
            raise DataError(
                f"a vocabulary of 1 ({self.terms[0]!r}) cannot classify: give more texts, or a larger --vocabulary"
                if self.terms
                else "no term occurs twice in the training texts, so there is no vocabulary: give more or "
                "longer texts, or take --features bag or --level character"
            )

    def collect(self, path: Path, reading: Reading) -> Collection:
        is_text = path.suffix.lower() in ENDINGS
        if path.is_dir() or (self.column is None and not path.name.lower().endswith(TABLES)):
            return texts_in(path, reading)
        if self.column is None:
            raise DataError(f"{path} is a table, but the run was trained on files: give it a .txt file, or a folder")
        try:
            table = read_text_table(path, reading, strict=True)
        except DataError:
            if not is_text or not path.is_file():
                raise
        else:
            if not is_text or self.column in table.columns:
                return texts_of(table, self.column)
        return texts_in(path, reading)  # one text, not a table of them

    def gather(self, data: Any, reading: Reading) -> Collection:
        if self.column is not None and (table := table_in_memory(data, reading.missing)) is not None:
            return texts_of(table, self.column)
        texts = list(data) if hasattr(data, "__len__") and not isinstance(data, (str, Mapping)) else []
        if not texts or not all(isinstance(text, (str, NoneType)) for text in texts):
            raise self.refusal(data)
        return Collection("the texts", [text or "" for text in texts], tuple(f"text {i}" for i in range(len(texts))))

    @property
    def wanted(self) -> str:
        table = f", a data frame or a list of dicts with the column {self.column!r}" if self.column else ""
        return f"texts: give the path of a file or folder, a list of texts, or of paths{table}"
