"""Pages saved as files: the folder that holds one is filled beside the old one, then put in its place."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from pellucid.errors import ConfigError
from pellucid.web.static import require_page


def built_page(folder: str, page: str) -> Path:
    """The ``folder`` of a page built to be saved, where ``page`` was built too. Raises ConfigError if it was not."""
    built = require_page(page) / folder
    if not (built / "page.js").is_file():
        raise ConfigError("this installation has no page for exports: install pellucid again")
    return built


def write_saved(out: Path, page: Path, fill: Callable[[Path], None]) -> None:
    """Write the files of ``page``, and what ``fill`` writes to the folder that it is given, to ``out``.

    What was there by the same names stays until the new is whole, and is replaced, ``index.html`` last.
    """
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out, prefix=".export.") as place:
        made = Path(place, "new")
        made.mkdir()
        for path in page.iterdir():
            shutil.copyfile(path, made / path.name)
        fill(made)
        _replace(out, made, Path(place, "old"))


def _replace(out: Path, made: Path, old: Path) -> None:
    """Put what is in ``made`` in the place of what has the same name in ``out``, which goes to ``old``."""
    old.mkdir()
    for path in sorted(made.iterdir(), key=lambda path: path.name == "index.html"):
        if os.path.lexists(out / path.name):
            (out / path.name).rename(old / path.name)
        path.rename(out / path.name)
