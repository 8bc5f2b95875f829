"""Where data comes from: what the user named, and what is asked of it, looked at once by all kinds of data."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from pellucid.data.files.file_bytes import STANDARD_INPUT
from pellucid.data.files.walk import walk_folder


@dataclass(frozen=True, eq=False)
class Source:
    """The ``name`` of a data set, or of a file or folder, and the settings ``given`` with it.

    Kinds of data look at it one after another: what one has read, another need not read again (``once``).
    """

    name: str
    given: Mapping[str, Any] = field(default_factory=dict)
    _read: dict[str, Any] = field(default_factory=dict, repr=False)

    @property
    def path(self) -> Path:
        """The name as a path."""
        return Path(self.name)

    @property
    def is_there(self) -> bool:
        """Whether it is a file or folder; ``-``, standard input, is one."""
        return self.name == STANDARD_INPUT or self.path.exists()

    @cached_property
    def endings(self) -> dict[str, tuple[Path, ...]]:
        """The files below the folder by what they end in, in lower case; none where it is no folder."""
        endings: dict[str, list[Path]] = {}
        for file in walk_folder(self.path).files if self.path.is_dir() else ():
            endings.setdefault(file.suffix.lower(), []).append(file)
        return {ending: tuple(files) for ending, files in endings.items()}

    def once(self, what: str, read: Callable[[], Any]) -> Any:
        """What ``read`` returns, read once."""
        if what not in self._read:
            self._read[what] = read()
        return self._read[what]
