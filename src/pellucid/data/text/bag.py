"""Texts as x: how much each word, or piece of one, weighs in them, whatever its place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, Self

import numpy as np

from pellucid.data.base.collection import Collection
from pellucid.data.base.layout import RowLayout
from pellucid.data.base.targets import ClassTarget, NumberTarget
from pellucid.data.messages import with_count
from pellucid.data.serialization import STRICT
from pellucid.data.text.preparation import MOST_TERMS, WORD, Level, TextPreparation, split_terms
from pellucid.errors import DataError

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
    target: ClassTarget | NumberTarget
    notes: tuple[str, ...] = ()
    kind: ClassVar[str] = "bag of words"
    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    def __post_init__(self) -> None:
        self._check_terms()
        if len(self.idf) != len(self.terms):
            raise DataError("a bag of words needs one idf for each term")

    @classmethod
    def fit(
        cls,
        training: Collection,
        target: ClassTarget | NumberTarget,
        *,
        level: Level,
        vocabulary: int | None,
        column: str | None,
    ) -> Self:
        """The most frequent terms of the training texts, and their idf there."""
        from sklearn.feature_extraction.text import TfidfVectorizer

        if not any(split_terms(text, level) for text in training.values):
            raise DataError(f"{training.name}: the training texts are all empty")
        found = TfidfVectorizer(sublinear_tf=True, max_features=vocabulary or MOST_TERMS, **PIECES[level])
        idf = found.fit(training.values).idf_.tolist()
        terms = tuple(map(str, found.get_feature_names_out()))
        note = f"text: weights of {len(terms):,} {level}s and groups of them, whatever their order"
        return cls(level, terms, tuple(idf), column, target, (note,))

    @property
    def features(self) -> tuple[str, ...]:
        return self.terms

    @property
    def layout(self) -> RowLayout:
        return RowLayout(len(self.terms))

    def transform(self, collection: Collection) -> tuple[np.ndarray, tuple[str, ...]]:
        from sklearn.feature_extraction.text import TfidfVectorizer

        weighed = TfidfVectorizer(sublinear_tf=True, vocabulary=self.terms, dtype=np.float32, **PIECES[self.level])
        weighed.idf_ = np.array(self.idf)
        x = weighed.transform(collection.values).toarray()
        nothing = int((~x.any(axis=1)).sum())
        return x, (f"without any known term: {with_count(nothing, 'text')}",) if nothing else ()
