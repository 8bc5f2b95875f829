"""Notes: what was decided and done, in sentences for the user."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeAlias

ColumnNote: TypeAlias = tuple[str, str]
"""What happened, and to which column."""

SHOWN = 3
"""How many names a note gives; the others are counted."""


def with_count(count: int, what: str) -> str:
    """ "1 text", "2 texts", "1,000 texts"."""
    return f"{count:,} {what}{'' if count == 1 else 's'}"


def name_some(names: Sequence[str], most: int = SHOWN, what: str = "") -> str:
    """The first names, and how many more there are: "a, b, c and 2 more"."""
    shown, more = ", ".join(names[:most]), len(names) - most
    return f"{shown} and {with_count(more, f'more {what}') if what else f'{more:,} more'}" if more > 0 else shown


def sentences(remarks: Iterable[ColumnNote]) -> tuple[str, ...]:
    """One sentence for each thing that happened, with all its columns: "left out: a, b"."""
    columns: dict[str, list[str]] = {}
    for what, column in remarks:
        columns.setdefault(what, []).append(column)
    return tuple(f"{what}: {', '.join(names)}" for what, names in columns.items())
