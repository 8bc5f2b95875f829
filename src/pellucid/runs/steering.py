"""Steering a training by its folder: requests that it reads while it goes, notes and tags on one that is over."""

from __future__ import annotations

import secrets
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pellucid import validate
from pellucid.errors import ConfigError, RunError, UnknownNameError
from pellucid.files import append_whole, to_json
from pellucid.runs.layout import CONTROL, DESCRIPTION, EVENTS
from pellucid.runs.lock import is_locked

COMMANDS: Mapping[str, type | None] = {
    "stop": None,
    "pause": None,
    "continue": None,
    "learning_rate": float,
    "epochs": int,
    "note": str,
    "tag": str,
}
"""What may be asked of a training, with the kind of value that it takes."""

LONGEST_TEXT = 10_000
"""A note has at most so many characters, a tag at most LONGEST_TAG."""

LONGEST_TAG = 100


def check_request(command: str, value: Any = None) -> int | float | str | None:
    """The value of a request as the training takes it.

    Raises UnknownNameError for another command, ConfigError for a value that does not fit it.
    """
    if command not in COMMANDS:
        raise UnknownNameError("command", command, list(COMMANDS))
    kind = COMMANDS[command]
    if kind is None:
        if value is not None:
            raise ConfigError(f"{command} takes no value, not {value!r}: leave it out")
        return None
    if kind is float:
        validate.positive("control", command, value)
        return float(value)
    if kind is int:
        validate.positive_int("control", command, value)
        return int(value)
    longest = LONGEST_TAG if command == "tag" else LONGEST_TEXT
    if not isinstance(value, str) or not value.strip() or len(value) > longest:
        raise ConfigError(f"a {command} is a text of 1 to {longest:,} characters")
    return value.strip()


def request(folder: Path, command: str, value: Any = None) -> str:
    """Ask the training in ``folder`` for something; the id of the request.

    A training that goes on reads it within its next steps. On one that is over only notes and tags can be made, which
    go to its events.

    Args:
        folder: the run folder.
        command: one of COMMANDS.
        value: what the command takes: a learning rate, the number of epochs, the text of a note or tag.

    Returns:
        The id, by which an event says that the request was applied.

    Raises:
        UnknownNameError, ConfigError: for what cannot be asked.
        RunError: for a folder that is no run, and for steering a training that is over.
        OSError: where the folder cannot be written.
    """
    value = check_request(command, value)
    if not (folder / DESCRIPTION).is_file():
        raise RunError(f"{folder} is no run folder: nothing can be asked of it")
    name, now = secrets.token_hex(8), time.time()
    if is_locked(folder) is False:
        if command not in ("note", "tag"):
            raise RunError(f"{folder} is not being trained: {command} is for a training that goes on")
        event = {"time": now, "kind": command, "text": value, "request": name}
        _append(folder / EVENTS, event)
        return name
    asked: dict[str, Any] = {"id": name, "time": now, "command": command}
    _append(folder / CONTROL, asked if value is None else {**asked, "value": value})
    return name


def _append(path: Path, record: dict[str, Any]) -> None:
    """Append a line; on a line of its own, should a crash have left a stump of another."""
    append_whole({path: ("\n" if _ends_in_stump(path) else "") + to_json(record) + "\n"})


def _ends_in_stump(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            file.seek(-1, 2)
            return file.read(1) != b"\n"
    except OSError:
        return False
