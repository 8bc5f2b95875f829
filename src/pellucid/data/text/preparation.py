"""What all preparations of texts share: terms, and which files they read."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal

from pellucid.data.base.collection import Collection, CollectionPreparation
from pellucid.data.base.preparation import Reading
from pellucid.data.tables.labelled_lines import read_text_table
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
            return texts_in(path, reading, labelled=False)
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
        return texts_in(path, reading, labelled=False)  # one text, not a table of them
