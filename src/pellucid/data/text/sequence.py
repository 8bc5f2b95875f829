"""Texts as x: the numbers of their words or characters, in their order."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any, ClassVar, Self

import numpy as np

from pellucid.data.base.collection import Collection
from pellucid.data.base.layout import TokenLayout
from pellucid.data.base.targets import ClassTarget, NumberTarget
from pellucid.data.messages import with_count
from pellucid.data.serialization import STRICT
from pellucid.data.text.preparation import MOST_TERMS, Level, TextPreparation, split_terms
from pellucid.errors import DataError

FEWEST_TIMES = 2
"""A term that occurs less often in training is taken as unknown, so that a network learns what to make of those."""

PADDING, UNKNOWN = 0, 1
"""The numbers that fill up short texts, and stand for terms outside the vocabulary; terms begin at 2."""

LONG_ENOUGH = 95
"""The percentage of training texts that are kept whole where no length is asked."""


@dataclass(frozen=True)
class TextSequence(TextPreparation):
    """x (B, T), float32: the number of each term in ``terms`` plus 2, in their order; 1 if unknown; 0 fills up to T.

    T is ``length``; what is beyond it is cut off. An empty text is one unknown term.
    """

    level: Level
    terms: tuple[str, ...]
    length: int
    column: str | None
    target: ClassTarget | NumberTarget
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
        target: ClassTarget | NumberTarget,
        *,
        level: Level,
        vocabulary: int | None,
        length: int | None,
        column: str | None,
    ) -> Self:
        """The most frequent terms of the training texts, those that occur once left out; the length that fits most."""
        texts = [split_terms(text, level) for text in training.values]
        counted = Counter(term for terms in texts for term in terms)
        often = sorted((term for term in counted if counted[term] >= FEWEST_TIMES), key=lambda t: (-counted[t], t))
        terms = tuple(often[: vocabulary or MOST_TERMS])
        length = length or max(int(np.percentile([len(terms) for terms in texts], LONG_ENOUGH)), 1)
        note = f"text: {len(terms):,} of {len(counted):,} {level}s that occur in training, texts of {length} {level}s"
        return cls(level, terms, length, column, target, (note,))

    @property
    def vocabulary(self) -> int:
        """How many whole numbers x is made of, as an ``Embedding`` takes them."""
        return len(self.terms) + 2

    @property
    def layout(self) -> TokenLayout:
        return TokenLayout(self.length, self.vocabulary)

    def transform(self, collection: Collection) -> tuple[np.ndarray, tuple[str, ...]]:
        numbers = {term: number for number, term in enumerate(self.terms, UNKNOWN + 1)}
        x = np.full((len(collection.values), self.length), PADDING, np.float32)
        longer = empty = 0
        for row, text in zip(x, collection.values, strict=True):
            found = [numbers.get(term, UNKNOWN) for term in split_terms(text, self.level)]
            longer += len(found) > self.length
            empty += not found
            row[: max(len(found), 1)] = found[: self.length] or [UNKNOWN]
        notes = []
        if longer:
            notes.append(f"longer than {self.length} {self.level}s, the rest cut off: {with_count(longer, 'text')}")
        if empty:
            notes.append(f"empty: {with_count(empty, 'text')}")
        return x, tuple(notes)

    def plain(self, x: np.ndarray) -> np.ndarray:
        """How often each term occurs."""
        counts = np.zeros((len(x), self.vocabulary), np.float32)
        np.add.at(counts, (np.arange(len(x))[:, None], x.astype(int)), 1.0)
        return counts[:, UNKNOWN:]
