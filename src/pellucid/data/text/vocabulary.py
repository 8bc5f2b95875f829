"""Text as numbers, a character at a time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from pellucid.errors import DataError


@dataclass(frozen=True)
class Vocabulary:
    """Characters and their numbers: the i-th character of ``characters`` has the number i."""

    characters: str

    @classmethod
    def of(cls, texts: str | Iterable[str]) -> Vocabulary:
        """The characters that occur in a text, or in several, in the order of Unicode."""
        return cls("".join(sorted(set("".join(texts)))))

    def __len__(self) -> int:
        return len(self.characters)

    def encode(self, text: str) -> np.ndarray:
        """The numbers (T,), int32. Raises DataError for a character that is not in the vocabulary, with its place."""
        known = {character: number for number, character in enumerate(self.characters)}
        try:
            return np.array([known[character] for character in text], dtype=np.int32)
        except KeyError as error:
            at = next(i for i, character in enumerate(text) if character not in known)
            raise DataError(f"character {at} of the text is {error}, which is not among {self.characters!r}") from None

    def decode(self, numbers: Iterable[int]) -> str:
        """The text of these numbers. Raises DataError for one that stands for no character."""
        numbers = [int(number) for number in numbers]
        for i, number in enumerate(numbers):
            if not 0 <= number < len(self):
                raise DataError(f"number {i} is {number}, but the {len(self)} characters have 0 to {len(self) - 1}")
        return "".join(self.characters[number] for number in numbers)
