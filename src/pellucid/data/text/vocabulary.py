"""Text as numbers, a character at a time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from pellucid.data.files.fetch import fetch
from pellucid.errors import DataError, UnknownNameError

SHAKESPEARE = "https://raw.githubusercontent.com/karpathy/char-rnn/master/data/tinyshakespeare"
NAMES = "https://raw.githubusercontent.com/karpathy/makemore/master"

TEXTS = {
    "tinyshakespeare": ("input.txt", SHAKESPEARE, "86c4e6aa9db7c042ec79f339dcb96d42b0075e16b8fc2e86bf0ca57e2dc565ed"),
    "names": ("names.txt", NAMES, "0a30b5557f192f32ab962680889aac5f6fda0f4cecf40a6d0b5694f58ea8cc4d"),
}
"""The texts that have a name: file, folder in the net, checksum."""


def load_text(name: str) -> str:
    """A public text: "tinyshakespeare", 1,115,394 characters of plays, or "names", 32,033 first names, a line each.

    Raises UnknownNameError for another name, DataError where the file cannot be had.
    """
    if name not in TEXTS:
        raise UnknownNameError("text", name, TEXTS)
    return fetch(name, *TEXTS[name]).read_text(encoding="utf-8")


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
