"""All run folders below a folder, found quickly and without leaving it."""

from __future__ import annotations

import os
from collections import deque
from pathlib import Path

from pellucid.errors import RunError
from pellucid.own_files import leads_out
from pellucid.runs.layout import DESCRIPTION, FILES

DEEPEST = 5
"""Folders are looked into so many levels deep."""

MOST_RUNS = 20_000
"""So many runs are found, and no more."""

MOST_FOLDERS = 50_000
"""So many folders are looked into, and no more."""


def find_runs(folder: Path) -> dict[str, Path]:
    """The run folders in ``folder`` by their id, the path from there; of a folder that is a run, that run by its name.

    Folders whose names begin with a dot, and links, are passed over; inside a run no other is looked for. A folder that
    cannot be read has no runs.
    """
    if is_run(folder):
        return {folder.resolve().name or "run": folder}
    found: dict[str, Path] = {}
    left, looked = deque([(folder, "", 0)]), 0
    while left and looked < MOST_FOLDERS and len(found) < MOST_RUNS:
        at, prefix, depth = left.popleft()
        looked += 1
        for name in _folders_in(at):
            inner = at / name
            if is_run(inner) and len(found) < MOST_RUNS:
                found[prefix + name] = inner
            elif depth + 1 < DEEPEST:
                left.append((inner, f"{prefix}{name}/", depth + 1))
    return dict(sorted(found.items()))


def is_run(folder: Path) -> bool:
    """Whether a folder has a description of a run, be it damaged."""
    return os.path.lexists(folder / DESCRIPTION)


def _folders_in(folder: Path) -> list[str]:
    try:
        with os.scandir(folder) as entries:
            return [e.name for e in entries if not e.name.startswith(".") and e.is_dir(follow_symlinks=False)]
    except OSError:
        return []


def require_own_files(run: Path) -> None:
    """Raise RunError where a file of the run is a link that leads out of its folder."""
    for name in FILES:
        path = run / name
        if path.is_symlink() and leads_out(path):
            raise RunError(f"{path} is a link that leads out of the run's folder: put the file itself there")
