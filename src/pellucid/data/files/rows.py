"""Rows of cells, each a text, made columns: whether the first row names them, and what programs write around them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

import numpy as np

from pellucid.data.files.cleanup import counts_rows
from pellucid.data.files.header import column_names, has_header
from pellucid.data.messages import with_count
from pellucid.errors import DataError

if TYPE_CHECKING:
    import polars as pl

SAMPLE = 100
"""How many rows are looked at to find the header."""

CHUNK = 1_000
"""How many rows are turned into columns at a time: more keep the garbage collector busy."""

Record: TypeAlias = tuple[int, list[str]]
"""The line a row ends on, and its cells."""


class Columns(NamedTuple):
    """Columns of cells, the line of each row (or its number), and notes on what was decided in reading.

    ``decimal_comma`` says that a comma is rather a decimal comma, as where semicolons stand between cells.
    """

    frame: pl.DataFrame
    lines: np.ndarray
    notes: tuple[str, ...] = ()
    decimal_comma: bool = False


def read_rows(records: Iterable[Record], name: str, header: bool | Literal["auto"], unit: str = "line") -> Columns:
    """Columns of text. ``name`` is the file's, ``unit`` what its rows are counted in, for messages.

    A column that only counts the rows, and empty ones behind the last, are left out where they have no name.
    Raises DataError for rows of different lengths, no rows, and columns of one name.
    """
    records, notes = iter(records), tuple[str, ...]()
    head = list(islice(records, SAMPLE))
    if not head:
        raise DataError(f"{name} is empty: a table needs columns and rows")
    first, width = head[0][1], len(head[0][1])
    named = has_header([cells for _, cells in head]) if header == "auto" else header
    if named and len(head) > 1 and len(head[1][1]) < width and not any(map(str.strip, first[len(head[1][1]) :])):
        width = len(head[1][1])
        notes += ("empty cells behind the last name of a column: left out",)
    if header == "auto" and not named:
        notes += (f"the first line looks like data, not names: columns are called column_1 to column_{width}",)
    names = column_names(first[:width] if named else [""] * width, name)
    frame, lines, cut = _columns(chain(head[1:] if named else head, records), names, name, unit)
    if cut:
        notes += (f"an empty cell behind the last column in {with_count(cut, 'row')}: left out",)
    while frame.width > 1 and not (named and first[frame.width - 1].strip()) and _is_empty(frame.to_series(-1)):
        notes += ("the last column has no name and nothing in it: left out",)
        frame = frame.drop(frame.columns[-1])
    if named and not first[0].strip() and counts_rows(frame.to_series(0)):
        frame = frame.drop(names[0])
        notes += ("the first column has no name and only counts the rows: left out",)
    return Columns(frame, lines, notes)


def _is_empty(cells: pl.Series) -> bool:
    return bool((cells.str.strip_chars() == "").all())


def _columns(records: Iterator[Record], names: list[str], name: str, unit: str) -> tuple[pl.DataFrame, np.ndarray, int]:
    """The rows turned into columns of text, the line of each row, and how many had empty cells more than columns."""
    import polars as pl

    chunks: list[pl.DataFrame] = []
    lines: list[int] = []
    width, cut = len(names), 0
    while chunk := list(islice(records, CHUNK)):
        for i, (line, cells) in enumerate(chunk):
            if len(cells) > width and not any(map(str.strip, cells[width:])):
                chunk[i], cut = (line, cells[:width]), cut + 1
            elif len(cells) != width:
                raise DataError(f"{name}, {unit} {line}: {len(cells)} cells, but the rows before have {width}")
            lines.append(line)
        cells_by_column = zip(*(cells for _, cells in chunk), strict=True)
        chunks.append(
            pl.DataFrame(
                [pl.Series(n, cells, dtype=pl.String) for n, cells in zip(names, cells_by_column, strict=True)]
            )
        )
    if not chunks:
        raise DataError(f"{name} has a header ({', '.join(names)}), but no rows")
    return pl.concat(chunks, rechunk=True), np.array(lines), cut
