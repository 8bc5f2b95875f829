"""Texts in tables: which column holds them, and their classes."""

from __future__ import annotations

from dataclasses import replace

from pellucid.data.base.collection import Collection
from pellucid.data.tables.columns import as_numbers, as_words, column_kind
from pellucid.data.tables.selection import FEWEST_WORDS
from pellucid.data.tables.table import Table
from pellucid.data.tables.targets import drop_missing, labels_as_written, target_cells
from pellucid.errors import DataError, UnknownNameError


def find_text_column(table: Table, target: str | None) -> str | None:
    """The column of texts, if beside the target there is no other; None where the table is an ordinary one."""
    others = [name for name in table.columns if name != target]
    texts = [name for name in table.columns if name != target and _is_text(table, name)]
    alone = len(others) - (target is None) == 1
    return texts[0] if len(texts) == 1 and alone else None


def _is_text(table: Table, name: str) -> bool:
    if column_kind(table, name) != "words":
        return False
    cells = as_words(table, name).drop_nulls()
    words = cells.str.count_matches(r"\S+").mean()
    return isinstance(words, float) and words >= FEWEST_WORDS and cells.n_unique() > len(cells) / 2


def with_text_target(table: Table, column: str, target: str | None, drop_missing_target: bool = False) -> Table:
    """The table whose target is the one named, its own, or else the last column that is not the text.

    ``drop_missing_target`` leaves rows without it out.
    """
    _require_column(table, column)
    others = [name for name in table.columns if name != column]
    if not others or target == column:
        raise DataError(f"{table.name} needs a column of classes beside the text {column!r}: name it by --target")
    target = target or table.target or others[-1]
    unused = [name for name in others if name != target]
    notes = (f"not used beside the text: {', '.join(unused)}",) if unused else ()
    table = replace(table.with_target(target), notes=(*table.notes, *notes))
    return drop_missing(table, table.targets) if drop_missing_target else table


def _require_column(table: Table, name: str) -> None:
    if name not in table.columns:
        raise UnknownNameError(f"column of {table.name}", name, table.columns)


def texts_of(table: Table, column: str, target: str | None = None) -> Collection:
    """The texts of a column, a missing one as none at all, each with its class in ``target`` if that is named."""
    _require_column(table, column)
    texts = as_words(table, column).fill_null("").to_list()
    places = tuple(table.at(row) for row in range(len(table)))
    labels = () if target is None else labels_as_written(table, target)
    return Collection(table.name, texts, places, labels, table.notes, target or "class")


def labelled_texts(table: Table, column: str, task: str = "classification") -> Collection:
    """The texts of ``column``, each with its class, or for regression its amount, in the table's target."""
    if task != "regression":
        return texts_of(table, column, table.target)
    name = str(table.target)
    target_cells(table, name)  # raises for one that is missing
    return replace(texts_of(table, column), target=name, amounts=as_numbers(table, name))
