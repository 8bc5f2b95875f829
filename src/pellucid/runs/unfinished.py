"""What a killed training leaves in its folder, and whether another training may use the folder."""

from __future__ import annotations

import json
from pathlib import Path

from pellucid.errors import ConfigError
from pellucid.own_files import read_own
from pellucid.runs.layout import CHECKPOINT, DESCRIPTION, FILES, METRICS, WEIGHTS

# A training writes its description first, then its preparation, then the first checkpoint: without a checkpoint nothing
# has been reached that could be lost.


def holds_run(folder: Path) -> bool:
    """Whether a training has come so far that it can be used or gone on with."""
    metrics = folder / METRICS
    return any((folder / name).exists() for name in (CHECKPOINT, WEIGHTS)) or (
        metrics.exists() and metrics.stat().st_size > 0
    )


def is_free(folder: Path) -> bool:
    """Whether the folder is empty but for what a training left that was killed before its first checkpoint."""
    if not folder.is_dir() or holds_run(folder):
        return False
    parts, began = set(_parts(folder)), _began(folder)
    return all(path in parts or (began and path.name in FILES) for path in folder.iterdir())


def require_free(folder: Path) -> None:
    """Raise ConfigError where a new training would write over a run, or over files that are not pellucid's."""
    if holds_run(folder):
        raise ConfigError(
            f"{folder} holds a run already: go on with it (resume=True, --resume), or choose another folder"
        )
    if not _began(folder):
        for name in FILES:
            if (folder / name).exists():
                raise ConfigError(f"{folder} holds a file {name} that is of no run: choose another folder")


def remove_unfinished(folder: Path, *, resume: bool) -> None:
    """Remove files that a kill left half written and, unless a run is to ``resume``, all of a training's files."""
    for path in [*_parts(folder), *(() if resume else (folder / name for name in reversed(FILES)))]:
        path.unlink(missing_ok=True)  # the description last: it says whose the others are


def _parts(folder: Path) -> list[Path]:
    """What ``write_atomic`` had not put in place yet."""
    return [path for name in FILES for path in folder.glob(f".{name}.*.part")]


def _began(folder: Path) -> bool:
    """Whether the description is one of pellucid, or the empty file that one began as."""
    try:
        text = read_own(folder / DESCRIPTION)
        return not text or "pellucid_run" in json.loads(text)
    except (OSError, ValueError, TypeError, RecursionError):
        return False
