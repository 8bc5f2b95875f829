"""Which columns of a table are of use, and as what."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from pellucid.data.messages import sentences
from pellucid.data.tables.columns import as_numbers, as_words, kind_of
from pellucid.data.tables.table import Table
from pellucid.errors import DataError, UnknownNameError

if TYPE_CHECKING:
    import polars as pl

NO_USE = {
    "nothing": "nothing in it",
    "dates": "dates; to use them, make numbers of them, such as days since a start",
    "lists": "lists or bytes",
}
"""Kinds of columns that are left out, and what is said of them."""

FEWEST_WORDS = 3
"""A column of fewer words a cell, on average, is hardly text."""


class Selection(NamedTuple):
    """The training rows of each column of numbers and of words, and the reason for each column left out."""

    numbers: dict[str, np.ndarray]
    words: dict[str, pl.Series]
    left_out: dict[str, str]

    def notes(self) -> tuple[str, ...]:
        """A sentence for each reason to leave columns out."""
        return sentences((f"left out ({reason})", name) for name, reason in self.left_out.items())


def select_columns(table: Table, rows: np.ndarray, categorical: Sequence[str] = ()) -> Selection:
    """Every input column sorted by what it holds. Of no use are columns with nothing in the training ``rows`` or one
    value only, with a different word in every row, with dates, with lists.

    Raises DataError for a few words among numbers and where no column is of use, UnknownNameError for a
    ``categorical`` column that is not there.
    """
    inputs = table.inputs
    for name in categorical:
        if name not in inputs:
            raise UnknownNameError(f"column of {table.name}", name, inputs)
    kinds = {name: "words" if name in categorical else kind_of(table, name) for name in inputs}
    numbers = {name: as_numbers(table, name)[rows] for name, kind in kinds.items() if kind == "numbers"}
    words = {name: as_words(table, name) for name, kind in kinds.items() if kind == "words"}
    reasons = {name: NO_USE[kind] for name, kind in kinds.items() if kind in NO_USE}
    reasons |= {name: _no_use_of_numbers(column) for name, column in numbers.items()}
    reasons |= {name: _no_use_of_words(column, rows) for name, column in words.items()}
    chosen = Selection(
        {name: column for name, column in numbers.items() if not reasons[name]},
        {name: column[rows] for name, column in words.items() if not reasons[name]},
        {name: reasons[name] for name in inputs if reasons[name]},
    )
    if not chosen.numbers and not chosen.words:
        why = "; ".join(chosen.notes()) or f"it has no column beside the target {table.target!r}"
        raise DataError(f"{table.name} has no column to predict from: {why}")
    return chosen


def _no_use_of_numbers(numbers: np.ndarray) -> str:
    present = numbers[~np.isnan(numbers)]
    if not len(present):
        return NO_USE["nothing"]
    return "one value only" if present.min() == present.max() else ""


def _no_use_of_words(words: pl.Series, rows: np.ndarray) -> str:
    if words.drop_nulls().n_unique() == len(words):
        length = words.str.count_matches(r"\S+").mean()
        texts = isinstance(length, float) and length >= FEWEST_WORDS
        return (
            f"a different text in every row; --text {words.name} reads it" if texts else "a different word in every row"
        )
    training = words[rows]
    if training.null_count() == len(training):
        return NO_USE["nothing"]
    return "one value only" if training.n_unique() == 1 else ""
