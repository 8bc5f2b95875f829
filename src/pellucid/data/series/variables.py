"""The columns of a table as the variables of a series: numbers, and what is true or false or a word as 0 and 1."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from pellucid.data.messages import sentences
from pellucid.data.tables.categories import Categories
from pellucid.data.tables.columns import as_numbers, as_words, column_kind
from pellucid.data.tables.selection import NO_USE
from pellucid.data.tables.table import Table
from pellucid.errors import DataError

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True, eq=False)
class Variables:
    """``values`` (B, V), float64, of the variables ``names``, NaN where missing; each comes from a column, ``sources``.

    ``amounts`` are the variables that were numbers in the table, ``categories`` those that were words.
    """

    names: tuple[str, ...]
    values: np.ndarray
    sources: tuple[str, ...]
    amounts: tuple[str, ...]
    categories: tuple[Categories, ...]
    notes: tuple[str, ...]


def read_variables(
    table: Table,
    columns: Sequence[str],
    needed: Sequence[str] = (),
    categorical: Sequence[str] = (),
    known: Sequence[Categories] | None = None,
) -> Variables:
    """The variables that ``columns`` hold.

    Args:
        table: any table.
        columns: the columns to take.
        needed: those of them that must be of use.
        categorical: columns of numbers that are names.
        known: the categories of an earlier table, which all words are read by; None finds them.

    Returns:
        A variable for each column of numbers or of true and false, as 1 and 0, and for each category of a column of
        words. Columns of no use are left out, with a note.

    Raises:
        DataError: for a few words among numbers, and for a ``needed`` column of no use.
    """
    fixed = {categories.name: categories for categories in known or ()}
    parts: list[tuple[str, tuple[str, ...], np.ndarray]] = []
    amounts: list[str] = []
    found: list[Categories] = []
    remarks: list[tuple[str, str]] = []
    for name in columns:
        kind = "words" if name in fixed or name in categorical else column_kind(table, name)
        if kind == "words" and name not in fixed and (flags := _flags(table.frame[name])) is not None:
            parts.append((name, (name,), flags[:, None]))
        elif kind == "numbers" or (known is not None and name not in fixed and kind != "words"):
            parts.append((name, (name,), as_numbers(table, name)[:, None]))
            amounts.append(name)
        elif kind in NO_USE or (name not in fixed and _differs_everywhere(as_words(table, name))):
            reason = NO_USE.get(kind, "a different word in every row")
            if name in needed:
                raise DataError(f"{table.name}: {name!r} cannot be used ({reason}): leave it out")
            remarks.append((f"left out ({reason})", name))
        elif known is not None and name not in fixed:
            as_numbers(table, name)  # raises, naming the first word
        else:
            words = as_words(table, name)
            categories = fixed.get(name) or Categories.fit(name, words)
            values, odd = categories.apply(words)
            parts.append((name, categories.features, np.where(words.is_null().to_numpy()[:, None], np.nan, values)))
            found.append(categories)
            remarks += [remark for remark in odd if "missing" not in remark[0]]
    return Variables(
        tuple(variable for _, names, _ in parts for variable in names),
        np.concatenate([values for _, _, values in parts], axis=1).astype(np.float64) if parts else np.empty((0, 0)),
        tuple(column for column, names, _ in parts for _ in names),
        tuple(amounts),
        tuple(found),
        sentences(remarks),
    )


def _flags(column: pl.Series) -> np.ndarray | None:
    """True and false as 1 and 0, (B,), NaN where missing; None for a column that holds anything else."""
    import polars as pl

    words = column.cast(pl.String).str.to_lowercase()
    if not words.drop_nulls().is_in(["true", "false"]).all():
        return None
    values: np.ndarray = (words == "true").cast(pl.Float64).fill_null(float("nan")).to_numpy()
    return values


def _differs_everywhere(words: pl.Series) -> bool:
    return len(words) > 1 and words.drop_nulls().n_unique() == len(words)
