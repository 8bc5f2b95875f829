"""Steering a training by its folder: requests while it goes on, notes and tags on one that is over."""

from __future__ import annotations

import secrets
from pathlib import Path

from pellucid.errors import RunError
from pellucid.runs.control import add_request
from pellucid.runs.description import read_description
from pellucid.runs.events import note_run
from pellucid.runs.lock import is_locked
from pellucid.train.changes import REMARKS, Change


def ask(folder: str | Path, command: str, value: float | str | None = None) -> str:
    """Ask for a change of the run in ``folder``; the id of the request, by which its event can be known.

    A training that goes on reads it within its next steps. To one that is over only notes and tags are added, at once.

    Raises:
        ConfigError: for a command or a value that cannot be (see ``Change``).
        RunError: for a folder that is no run, and for steering a training that is over.
        OSError: where the folder cannot be written.
    """
    folder = Path(folder)
    change = Change(command, value)  # what cannot be asked is said first
    status = read_description(folder).get("status")
    if status == "running" and is_locked(folder) is not False:
        return add_request(folder, change)
    if command not in REMARKS:
        raise RunError(f"{folder} is not being trained: {command} is for a training that goes on")
    name = secrets.token_hex(16)
    note_run(folder, command, str(value), name)
    return name
