"""How the server and a worker speak: over pipes, a length of four bytes before each message.

To the worker a message begins with a byte that says what it is, so that no page can say what only the server may.
"""

from __future__ import annotations

from typing import BinaryIO

PAGE, ATTACH, DETACH = b"p", b"a", b"d"
"""What the page says; that a page has come (JSON: ``session``, ``resumed``); that it has gone."""

LENGTH = 4
"""Bytes of a length."""


def frame_message(message: bytes) -> bytes:
    """A message with its length before it."""
    return len(message).to_bytes(LENGTH, "little") + message


def read_frame(file: BinaryIO) -> bytes | None:
    """The next message; None at the end, also where a message breaks off."""
    head = file.read(LENGTH)
    if len(head) < LENGTH:
        return None
    length = int.from_bytes(head, "little")
    message = file.read(length)
    return message if len(message) == length else None
