"""The names of the presets, each a file of ``presets/``."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def preset_names() -> tuple[str, ...]:
    """All of them, in alphabetical order."""
    folder = files("pellucid.playground") / "presets"
    return tuple(sorted(file.name.removesuffix(".json") for file in folder.iterdir() if file.name.endswith(".json")))
