"""Text of separated cells (CSV, TSV): its separator, and its rows."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Literal

from pellucid.data.files.encoding import find_encoding
from pellucid.data.files.rows import SAMPLE, Columns, Record, read_rows
from pellucid.data.messages import with_count
from pellucid.errors import DataError

SEPARATORS = ("\t", ";", "|", ",")
"""Where a file reads well either way the earlier one is believed: a comma may also be a decimal comma."""


def read_delimited(data: bytes, name: str, header: bool | Literal["auto"]) -> Columns:
    """Columns of text, the line each row ends on, and notes. ``name`` is the file's, for messages.

    A blank line is a row where there is one column; where there are several it is none, which is said. At the end blank
    lines are nothing. Raises DataError for what is not text, an open quotation mark, and as ``read_rows`` does.
    """
    codec, notes = find_encoding(data, name)
    separator = find_separator(data, codec)
    blank: list[int] = []
    frame, lines, more, _ = read_rows(_records(data, codec, separator, name, blank), name, header)
    if blank:
        notes += (f"{with_count(len(blank), 'blank line')} between the rows skipped, the first is line {blank[0]}",)
    return Columns(frame, lines, (*notes, *more), separator == ";")


def _lines(data: bytes, codec: str) -> Iterator[str]:
    """The lines of the text but for blank ones at its end."""
    held: list[str] = []
    for line in io.TextIOWrapper(io.BytesIO(data), encoding=codec, newline=""):
        held.append(line)
        if line.strip():
            yield from held
            held.clear()


def find_separator(data: bytes, codec: str) -> str:
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


def _records(data: bytes, codec: str, separator: str, name: str, blank: list[int]) -> Iterator[Record]:
    """Every row; the lines of blank ones that are none go to ``blank``."""
    lines: Iterable[str] = _lines(data, codec)
    reader = csv.reader(lines, delimiter=separator, skipinitialspace=True, strict=True)
    width = 0
    try:
        for cells in reader:
            if len(cells) > 1 or (cells and cells[0].strip()) or width == 1:
                width = width or len(cells)
                yield reader.line_num, cells or [""]
            elif width:
                blank.append(reader.line_num)
    except csv.Error as error:
        raise DataError(f"{name}, line {reader.line_num}: {error}; is a quotation mark open or not doubled?") from None
