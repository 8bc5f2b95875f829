"""Texts in tables: a column of texts, lines of label and text."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np

from pellucid.data.base.collection import Collection
from pellucid.data.base.preparation import Reading
from pellucid.data.files.encoding import decode
from pellucid.data.files.parquet import MAGIC
from pellucid.data.tables.columns import as_words, kind_of
from pellucid.data.tables.selection import FEWEST_WORDS
from pellucid.data.tables.table import Table, read_table
from pellucid.data.tables.targets import class_name, target_cells
from pellucid.errors import DataError, UnknownNameError

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


def find_text_column(table: Table, target: str | None) -> str | None:
    """The column of texts, if beside the target there is no other; None where the table is an ordinary one."""
    others = [name for name in table.columns if name != target]
    texts = [name for name in table.columns if name != target and _is_text(table, name)]
    alone = len(others) - (target is None) == 1
    return texts[0] if len(texts) == 1 and alone else None


def _is_text(table: Table, name: str) -> bool:
    if kind_of(table, name) != "words":
        return False
    cells = as_words(table, name).drop_nulls()
    words = cells.str.count_matches(r"\S+").mean()
    return isinstance(words, float) and words >= FEWEST_WORDS and cells.n_unique() > len(cells) / 2


def _with_classes(table: Table, column: str, target: str | None) -> Table:
    """The table whose target is the one named, its own, or else the last column that is not the text."""
    _require_column(table, column)
    others = [name for name in table.columns if name != column]
    if not others or target == column:
        raise DataError(f"{table.name} needs a column of classes beside the text {column!r}: name it by --target")
    target = target or table.target or others[-1]
    unused = [name for name in others if name != target]
    notes = (f"not used beside the text: {', '.join(unused)}",) if unused else ()
    return replace(table.with_target(target), notes=(*table.notes, *notes))


def _require_column(table: Table, name: str) -> None:
    if name not in table.columns:
        raise UnknownNameError(f"column of {table.name}", name, table.columns)


def texts_of(table: Table, column: str, target: str | None = None) -> Collection:
    """The texts of a column, a missing one as none at all, each with its class in ``target`` if that is named."""
    _require_column(table, column)
    texts = as_words(table, column).fill_null("").to_list()
    places = tuple(table.at(row) for row in range(len(table)))
    labels = () if target is None else tuple(map(class_name, target_cells(table, target).to_list()))
    return Collection(table.name, texts, places, labels, table.notes, target or "class")


def texts_with_classes(table: Table, column: str, target: str | None) -> Collection:
    """The texts of ``column``, each with its class in ``target``, the table's own target, or the last other column."""
    table = _with_classes(table, column, target)
    return texts_of(table, column, table.target)
