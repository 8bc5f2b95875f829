"""Lines of label, tab and text: a table of two columns in which quotation marks are text."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from pellucid.data.base.preparation import Reading
from pellucid.data.files.encoding import decode
from pellucid.data.files.file_bytes import file_name, read_file
from pellucid.data.files.parquet import is_columnar
from pellucid.data.tables.selection import FEWEST_WORDS
from pellucid.data.tables.table import Table, read_table

TAB, HEAD = b"\t", 10_000
"""What stands within so many bytes of a file where labels and texts are cut by it."""


def read_text_table(path: Path, reading: Reading, *, strict: bool) -> Table:
    """A table that may be lines of label, tab and text, as ``SMSSpamCollection`` is, in which quotation marks are text.

    ``strict`` takes UTF-8 alone where no encoding is asked; otherwise one is found out, as for any table.
    """
    encoding = reading.encoding or ("utf-8" if strict else None)
    data, notes = read_file(path) if reading.header == "auto" and not path.is_fifo() else (b"", ())
    # Latin-1 reads anything, so what the lines look like can be told before they are read for good.
    if TAB in data[:HEAD] and not is_columnar(data) and _are_label_and_text(data.decode("latin-1")):
        name = file_name(path)
        return _label_and_text(decode(data, name, encoding or "utf-8"), name, notes)
    return read_table(path, header=reading.header, missing=reading.missing, encoding=encoding)


def _rows(text: str) -> list[tuple[int, list[str]]]:
    """The lines that are not blank, with their numbers, cut at tabs."""
    lines = enumerate(text.replace("\r\n", "\n").split("\n"), 1)
    return [(number, line.split("\t")) for number, line in lines if line.strip()]


def _are_label_and_text(text: str) -> bool:
    rows = [cells for _, cells in _rows(text)]
    if any(len(cells) != 2 for cells in rows) or 2 * len({label for label, _ in rows}) > len(rows):
        return False
    return sum(len(said.split()) for _, said in rows) >= FEWEST_WORDS * len(rows)


def _label_and_text(text: str, name: str, notes: tuple[str, ...]) -> Table:
    import polars as pl

    rows = _rows(text)
    first, names = rows[0][1], ("label", "text")
    if sum(cells[0] == first[0] for _, cells in rows) == 1:
        rows, names = rows[1:], (first[0], first[1])
    lines = np.array([number for number, _ in rows])
    frame = pl.DataFrame({column: [cells[i].strip() for _, cells in rows] for i, column in enumerate(names)})
    note = f"each line is a label, a tab and a text: columns {names[0]!r} and {names[1]!r}"
    return Table(frame, name, lines, "line", names[0], (*notes, note))
