"""The question ``export``: a network as files to take along."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from pellucid.errors import UnknownNameError
from pellucid.playground.export.file import Exported, File
from pellucid.playground.export.numpy_program import numpy_program
from pellucid.playground.export.python_program import python_program
from pellucid.playground.export.settings_file import settings_files
from pellucid.playground.export.tables import data_table
from pellucid.playground.questions.answer import Answer
from pellucid.playground.questions.scene import Scene
from pellucid.playground.snapshot import stored


def _weights(exported: Exported) -> list[File]:
    kept = {"state": exported.network.state.model_dump(), **stored(exported.progress)}
    return [File("weights.json", json.dumps(kept))]


FORMATS: dict[str, Callable[[Exported], list[File]]] = {
    "python": python_program,
    "numpy": numpy_program,
    "toml": settings_files,
    "json": _weights,
    "csv": data_table,
}


def export(scene: Scene, about: Mapping[str, Any]) -> Answer:
    """``name`` and ``text`` of the file, and ``more`` files where it needs them. Raises UnknownNameError."""
    name = about.get("format")
    if not isinstance(name, str) or name not in FORMATS:
        raise UnknownNameError("format", str(name)[:40], FORMATS)
    network, progress, _ = scene.network(about)
    first, *more = FORMATS[name](Exported(scene.state, scene.data, network, progress))
    return Answer({**first._asdict(), "more": [file._asdict() for file in more]})
