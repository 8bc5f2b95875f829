"""Texts that have a name."""

from __future__ import annotations

from pellucid.data.files.fetch import fetch
from pellucid.errors import UnknownNameError

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
