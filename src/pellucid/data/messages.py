"""Notes: what was decided and done, in sentences for the user."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

ColumnNote: TypeAlias = tuple[str, str]
"""What happened, and to which column."""


def with_count(count: int, what: str) -> str:
    """ "1 text", "2 texts", "1,000 texts"."""
    return f"{count:,} {what}{'' if count == 1 else 's'}"


def sentences(remarks: Iterable[ColumnNote]) -> tuple[str, ...]:
    """One sentence for each thing that happened, with all its columns: "left out: a, b"."""
    columns: dict[str, list[str]] = {}
    for what, column in remarks:
        columns.setdefault(what, []).append(column)
    return tuple(f"{what}: {', '.join(names)}" for what, names in columns.items())
