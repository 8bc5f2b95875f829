"""Whether the first row of a text file names the columns."""

from __future__ import annotations

import re

from pellucid.data.files.missing import MISSING
from pellucid.errors import DataError

PLAIN = r"[+-]?(\d+([.,]\d*)?|[.,]\d+)(e[+-]?\d+)?|[+-]?inf(inity)?"
WITH_MARKS = r"[+-]?[$€£¥]?\s?(\d{1,3}([,.' ]\d{3})+|\d+)([.,]\d+)?\s?[%$€£¥]?"
NUMBER = re.compile(f"{PLAIN}|{WITH_MARKS}", re.IGNORECASE)
"""A number, also as people write it: 1,234.50, 1.234,56 €, 12%."""


def has_header(rows: list[list[str]]) -> bool:
    """Whether the first of ``rows`` is a header.

    It is where it puts a word over a column of numbers. It is not where it holds a number itself, or where every cell
    of it comes again further down. Words alone over columns of words are taken for a header.
    """
    first, *rest = [[cell.strip() for cell in row] for row in rows]
    below = [[row[i] for row in rest if i < len(row)] for i in range(len(first))]
    known = [(cell, cells) for cell, cells in zip(first, below, strict=True) if not _is_missing(cell)]
    if any(not _is_number(cell) and _all_numbers(cells) for cell, cells in known):
        return True
    if any(_is_number(cell) for cell, _ in known):
        return False
    return not all(cell in cells for cell, cells in known)


def column_names(cells: list[str], name: str) -> list[str]:
    """The names in a header; a column without one is called by its number. Raises DataError where two are alike."""
    names = [cell.strip() or f"column_{i}" for i, cell in enumerate(cells, 1)]
    seen: dict[str, int] = {}
    for i, column in enumerate(names, 1):
        if column in seen:
            raise DataError(f"{name}: columns {seen[column]} and {i} are both called {column!r}: rename one")
        seen[column] = i
    return names


def _is_missing(cell: str) -> bool:
    return cell.lower() in MISSING


def _is_number(cell: str) -> bool:
    return NUMBER.fullmatch(cell) is not None


def _all_numbers(cells: list[str]) -> bool:
    present = [cell for cell in cells if not _is_missing(cell)]
    return bool(present) and all(map(_is_number, present))
