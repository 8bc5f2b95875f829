"""Text of separated cells (CSV, TSV): its separator, its rows, its columns."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np

from pellucid.data.files.cleanup import counts_rows, decimal_points
from pellucid.data.files.encoding import find_encoding
from pellucid.data.files.header import column_names, has_header
from pellucid.errors import DataError

if TYPE_CHECKING:
    import polars as pl

SEPARATORS = ("\t", ";", "|", ",")
"""Where a file reads well either way the earlier one is believed: a comma may also be a decimal comma."""

SAMPLE = 100
"""How many rows are looked at to find the separator and the header."""

CHUNK = 1_000
"""How many rows are turned into columns at a time: more keep the garbage collector busy."""

Record: TypeAlias = tuple[int, list[str]]
"""The line a row ends on, and its cells."""


def read_delimited(
    data: bytes, name: str, header: bool | Literal["auto"]
) -> tuple[pl.DataFrame, np.ndarray, tuple[str, ...]]:
    """Columns of text, the line each row ends on, and notes. ``name`` is the file's, for messages.

    Raises DataError for what is not text, rows of different lengths, an open quotation mark, no rows, and
    columns of one name.
    """
    codec, notes = find_encoding(data, name)
    separator = _separator(data, codec)
    records = _records(data, codec, separator, name)
    head = list(islice(records, SAMPLE))
    if not head:
        raise DataError(f"{name} is empty: a table needs columns and rows")
    first, width = head[0][1], len(head[0][1])
    named = has_header([cells for _, cells in head]) if header == "auto" else header
    if header == "auto" and not named:
        notes += (f"the first line looks like data, not names: columns are called column_1 to column_{width}",)
    names = column_names(first if named else [""] * width, name)
    frame, lines = _columns(chain(head[1:] if named else head, records), names, name)
    if named and not first[0].strip() and counts_rows(frame.to_series(0)):
        frame = frame.drop(names[0])
        notes += ("the first column has no name and only counts the rows: left out",)
    if separator == ";":
        frame, commas = decimal_points(frame)
        notes += (f"decimal commas are read as points in: {', '.join(commas)}",) if commas else ()
    return frame, lines, notes


def _lines(data: bytes, codec: str) -> Iterable[str]:
    return io.TextIOWrapper(io.BytesIO(data), encoding=codec, newline="")


def _separator(data: bytes, codec: str) -> str:
    """The separator that cuts most of the first lines into as many cells as the first of them."""
    sample = list(islice(_lines(data, codec), SAMPLE))

    def agreement(separator: str) -> float:
        try:
            widths = [len(cells) for cells in csv.reader(sample, delimiter=separator, skipinitialspace=True) if cells]
        except csv.Error:
            return 0.0
        return widths.count(widths[0]) / len(widths) if widths and widths[0] > 1 else 0.0

    best = max(SEPARATORS, key=agreement)
    return best if agreement(best) > 0 else ","


def _records(data: bytes, codec: str, separator: str, name: str) -> Iterator[Record]:
    """Every row that is not blank; in a single column blank ones between others too, which are empty cells."""
    blank: list[Record] = []
    begun = False
    reader = csv.reader(_lines(data, codec), delimiter=separator, skipinitialspace=True, strict=True)
    try:
        for cells in reader:
            if len(cells) > 1 or (cells and cells[0].strip()):
                yield from blank if begun and len(cells) == 1 else ()
                yield reader.line_num, cells
                blank, begun = [], True
            else:
                blank.append((reader.line_num, cells or [""]))
    except csv.Error as error:
        raise DataError(f"{name}, line {reader.line_num}: {error}; is a quotation mark open or not doubled?") from None


def _columns(records: Iterator[Record], names: list[str], name: str) -> tuple[pl.DataFrame, np.ndarray]:
    """The rows turned into columns of text, and the line of each row."""
    import polars as pl

    chunks: list[pl.DataFrame] = []
    lines: list[int] = []
    while chunk := list(islice(records, CHUNK)):
        for line, cells in chunk:
            if len(cells) != len(names):
                raise DataError(f"{name}, line {line}: {len(cells)} cells, but the rows before have {len(names)}")
            lines.append(line)
        cells_by_column = zip(*(cells for _, cells in chunk), strict=True)
        chunks.append(
            pl.DataFrame(
                [pl.Series(n, cells, dtype=pl.String) for n, cells in zip(names, cells_by_column, strict=True)]
            )
        )
    if not chunks:
        raise DataError(f"{name} has a header ({', '.join(names)}), but no rows")
    return pl.concat(chunks, rechunk=True), np.array(lines)
