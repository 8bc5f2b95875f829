"""Lines of label, tab and text: a table of two columns in which quotation marks are text."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from pellucid.data.base.preparation import Reading
from pellucid.data.files.encoding import decode
from pellucid.data.files.parquet import MAGIC
from pellucid.data.tables.selection import FEWEST_WORDS
from pellucid.data.tables.table import Table, read_table

TAB, HEAD = b"\t", 10_000
"""What stands within so many bytes of a file where labels and texts are cut by it."""


def read_text_table(path: Path, reading: Reading, *, strict: bool) -> Table:
    """A table that may be lines of label, tab and text, as ``SMSSpamCollection`` is, in which quotation marks are text.

    ``strict`` takes UTF-8 alone where no encoding is asked; otherwise one is found out, as for any table.
    """
    encoding = reading.encoding or ("utf-8" if strict else None)
    data = path.read_bytes() if reading.header == "auto" and path.is_file() else b""
    # Latin-1 reads anything, so what the lines look like can be told before they are read for good.
    if TAB in data[:HEAD] and not data.startswith(MAGIC) and _are_label_and_text(data.decode("latin-1")):
        return _label_and_text(decode(data, path.name, encoding or "utf-8"), path.name)
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


def _label_and_text(text: str, name: str) -> Table:
    import polars as pl

    rows = _rows(text)
    first, names = rows[0][1], ("label", "text")
    if sum(cells[0] == first[0] for _, cells in rows) == 1:
        rows, names = rows[1:], (first[0], first[1])
    lines = np.array([number for number, _ in rows])
    frame = pl.DataFrame({column: [cells[i].strip() for _, cells in rows] for i, column in enumerate(names)})
    note = f"each line is a label, a tab and a text: columns {names[0]!r} and {names[1]!r}"
    return Table(frame, name, lines, "line", names[0], (note,))
