"""Where data comes from: what the user named, and what is asked of it, looked at once by all kinds of data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any


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

    @cached_property
    def endings(self) -> Counter[str]:
        """How many files below the folder end in what; none where it is no folder."""
        return Counter(file.suffix.lower() for file in self.path.rglob("*")) if self.path.is_dir() else Counter()

    def once(self, what: str, read: Callable[[], Any]) -> Any:
        """What ``read`` returns, read once."""
        if what not in self._read:
            self._read[what] = read()
        return self._read[what]
