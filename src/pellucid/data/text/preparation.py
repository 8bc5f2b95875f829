"""Texts as x: sequences of the numbers of words or characters, or how much each weighs, whatever its place."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, Literal, Self

import numpy as np

from pellucid.data.base.collection import Collection, CollectionPreparation
from pellucid.data.base.preparation import Reading
from pellucid.data.base.targets import ClassTarget
from pellucid.data.messages import counted
from pellucid.data.serialization import STRICT
from pellucid.data.text.files import ENDINGS, read_text_table, texts_in, texts_of
from pellucid.errors import DataError

Level = Literal["word", "character"]

MOST_TERMS = 10_000
FEWEST_TIMES = 2
"""A term that occurs less often in training is taken as unknown, so that a network learns what to make of those."""

PADDING, UNKNOWN = 0, 1
"""The numbers that fill up short texts, and stand for terms outside the vocabulary; terms begin at 2."""

LONG_ENOUGH = 95
"""The percentage of training texts that are kept whole where no length is asked."""

TABLES = (".csv", ".tsv", ".parquet")
"""What the names of tables end in."""

WORD = r"(?u)\w+|[^\w\s]"


def cut(text: str, level: Level) -> list[str]:
    """The terms of a text: words in lower case, each punctuation mark a word of its own; or characters as they are."""
    return list(text) if level == "character" else re.findall(WORD, text.lower())


class TextPreparation(CollectionPreparation):
    """What both forms share: ``terms`` are the vocabulary, ``column`` is that of the texts in a table, if in one."""

    terms: tuple[str, ...]
    column: str | None

    def _check_terms(self) -> None:
        if len(self.terms) < 2 or len(set(self.terms)) != len(self.terms):
            raise DataError(
                f"a vocabulary of 1 ({self.terms[0]!r}) tells no texts apart: give more texts, or a larger --vocabulary"
                if self.terms
                else "no term occurs twice in the training texts, so there is nothing to know them by: give more or "
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


@dataclass(frozen=True)
class TextSequence(TextPreparation):
    """x (B, T), float32: the number of each term in ``terms`` plus 2, in their order; 1 if unknown; 0 fills up to T.

    T is ``length``; what is beyond it is cut off. An empty text is one unknown term.
    """

    level: Level
    terms: tuple[str, ...]
    length: int
    column: str | None
    target: ClassTarget
    notes: tuple[str, ...] = ()
    kind: ClassVar[str] = "text"
    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    def __post_init__(self) -> None:
        self._check_terms()
        if self.length < 1:
            raise DataError(f"texts need a length of at least 1, not {self.length}")

    @classmethod
    def fit(
        cls,
        training: Collection,
        target: ClassTarget,
        *,
        level: Level,
        vocabulary: int | None,
        length: int | None,
        column: str | None,
    ) -> Self:
        """The most frequent terms of the training texts, those that occur once left out; the length that fits most."""
        texts = [cut(text, level) for text in training.values]
        counted = Counter(term for terms in texts for term in terms)
        often = sorted((term for term in counted if counted[term] >= FEWEST_TIMES), key=lambda t: (-counted[t], t))
        terms = tuple(often[: vocabulary or MOST_TERMS])
        length = length or max(int(np.percentile([len(terms) for terms in texts], LONG_ENOUGH)), 1)
        note = f"text: {len(terms):,} of {len(counted):,} {level}s that occur in training, texts of {length} {level}s"
        return cls(level, terms, length, column, target, (note,))

    @property
    def vocabulary(self) -> int:
        return len(self.terms) + 2

    def transform(self, collection: Collection) -> tuple[np.ndarray, tuple[str, ...]]:
        numbers = {term: number for number, term in enumerate(self.terms, UNKNOWN + 1)}
        x = np.full((len(collection.values), self.length), PADDING, np.float32)
        longer = empty = 0
        for row, text in zip(x, collection.values, strict=True):
            found = [numbers.get(term, UNKNOWN) for term in cut(text, self.level)]
            longer += len(found) > self.length
            empty += not found
            row[: max(len(found), 1)] = found[: self.length] or [UNKNOWN]
        notes = (
            (f"longer than {self.length} {self.level}s, the rest cut off: {counted(longer, 'text')}",) if longer else ()
        )
        return x, (*notes, f"empty: {counted(empty, 'text')}") if empty else notes

    def plain(self, x: np.ndarray) -> np.ndarray:
        """How often each term occurs."""
        counts = np.zeros((len(x), self.vocabulary), np.float32)
        np.add.at(counts, (np.arange(len(x))[:, None], x.astype(int)), 1.0)
        return counts[:, UNKNOWN:]


PIECES: dict[Level, dict[str, Any]] = {
    "word": {"analyzer": "word", "token_pattern": WORD, "ngram_range": (1, 2)},
    "character": {"analyzer": "char_wb", "ngram_range": (2, 5)},
}
"""What is weighed: words and pairs of neighbours; or the pieces of 2 to 5 characters of each word."""


@dataclass(frozen=True)
class TextBag(TextPreparation):
    """x (B, D), float32: ``(1 + ln n) idf`` of each of D terms that occurs n times in a text, rows of length 1.

    The terms are words and pairs of them, or pieces of 2 to 5 characters; ``idf = 1 + ln((1 + N) / (1 + m))`` for one
    that m of the N training texts hold. Computed by scikit-learn. Source: Salton and Buckley 1988, "Term-weighting
    approaches in automatic text retrieval".
    """

    level: Level
    terms: tuple[str, ...]
    idf: tuple[float, ...]
    column: str | None
    target: ClassTarget
    notes: tuple[str, ...] = ()
    kind: ClassVar[str] = "bag of words"
    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    def __post_init__(self) -> None:
        self._check_terms()
        if len(self.idf) != len(self.terms):
            raise DataError("a bag of words needs one idf for each term")

    @classmethod
    def fit(
        cls, training: Collection, target: ClassTarget, *, level: Level, vocabulary: int | None, column: str | None
    ) -> Self:
        """The most frequent terms of the training texts, and their idf there."""
        from sklearn.feature_extraction.text import TfidfVectorizer

        if not any(cut(text, level) for text in training.values):
            raise DataError(f"{training.name}: the training texts are all empty")
        found = TfidfVectorizer(sublinear_tf=True, max_features=vocabulary or MOST_TERMS, **PIECES[level])
        idf = found.fit(training.values).idf_.tolist()
        terms = tuple(map(str, found.get_feature_names_out()))
        note = f"text: weights of {len(terms):,} {level}s and groups of them, whatever their order"
        return cls(level, terms, tuple(idf), column, target, (note,))

    @property
    def features(self) -> tuple[str, ...]:
        return self.terms

    def transform(self, collection: Collection) -> tuple[np.ndarray, tuple[str, ...]]:
        from sklearn.feature_extraction.text import TfidfVectorizer

        weighed = TfidfVectorizer(sublinear_tf=True, vocabulary=self.terms, dtype=np.float32, **PIECES[self.level])
        weighed.idf_ = np.array(self.idf)
        x = weighed.transform(collection.values).toarray()
        nothing = int((~x.any(axis=1)).sum())
        return x, (f"without any known term: {counted(nothing, 'text')}",) if nothing else ()
