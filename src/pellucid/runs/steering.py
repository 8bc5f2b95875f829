"""Steering a training by its folder: requests while it goes on, notes and tags on one that is over."""

from __future__ import annotations

import secrets
from pathlib import Path

from pellucid.errors import RunError
from pellucid.runs.control import ask
from pellucid.runs.description import read_description
from pellucid.runs.events import note_run
from pellucid.runs.lock import is_locked
from pellucid.train.changes import Change


def request(folder: str | Path, command: str, value: float | str | None = None) -> str:
    """Ask for a change of the run in ``folder``; the id of the request.

    A training that goes on reads it within its next steps (see ``ask``). To one that is over only notes and tags are
    added, at once.

    Raises:
        ConfigError: for a command or a value that cannot be (see ``Change``).
        RunError: for a folder that is no run, and for steering a training that is over.
        OSError: where the folder cannot be written.
    """
    folder = Path(folder)
    Change(command, value)  # what cannot be asked is said first
    read_description(folder)
    if is_locked(folder) is not False:
        return ask(folder, command, value)
    if command not in ("note", "tag"):
        raise RunError(f"{folder} is not being trained: {command} is for a training that goes on")
    name = secrets.token_hex(16)
    note_run(folder, command, str(value), name)
    return name
