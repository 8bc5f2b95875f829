"""Which columns of a table are of use, and as what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from pellucid.data.messages import ColumnNote, sentences
from pellucid.data.tables.columns import as_numbers, as_words, column_kind, run_together
from pellucid.data.tables.ids import describe_id
from pellucid.data.tables.number_formats import mixed_formats
from pellucid.data.tables.table import Table
from pellucid.errors import DataError, UnknownNameError

if TYPE_CHECKING:
    import polars as pl

EMPTY: Mapping[str, str] = MappingProxyType({})

NO_USE = {
    "nothing": "nothing in it",
    "dates": "dates; to use them, make numbers of them, such as days since a start",
    "lists": "lists, bytes or objects",
}
"""Kinds of columns that are left out, and what is said of them."""

LARGE = "whole numbers too large to be told apart as numbers, taken as categories"

PHRASES = "texts that come again, taken as categories; --text and its name reads one word by word"

FEWEST_WORDS = 3
"""A column of fewer words a cell, on average, is hardly text."""


class Selection(NamedTuple):
    """The training rows of each column of numbers and of words, the reason for each column left out, and remarks."""

    numbers: dict[str, np.ndarray]
    words: dict[str, pl.Series]
    left_out: dict[str, str]
    remarks: tuple[ColumnNote, ...] = ()

    def notes(self) -> tuple[str, ...]:
        """A sentence for each reason to leave columns out, and for each remark."""
        return sentences([*((f"left out ({reason})", name) for name, reason in self.left_out.items()), *self.remarks])


def select_columns(
    table: Table, rows: np.ndarray, categorical: Sequence[str] = (), of_no_use: Mapping[str, str] = EMPTY
) -> Selection:
    """Every input column sorted by what it holds.

    Of no use are columns with nothing in the training ``rows`` or one value only, with a different word in every row,
    with whole numbers that only count or name the rows, with dates, with lists.

    Args:
        table: the columns.
        rows: those that train.
        categorical: names of columns of numbers to take as words.
        of_no_use: what is known of columns already: why they are of no use.

    Returns:
        The selection.

    Raises:
        DataError: for a few words among numbers and where no column is of use.
        UnknownNameError: for a ``categorical`` column that is not there.
    """
    inputs = table.inputs
    for name in categorical:
        if name not in inputs:
            raise UnknownNameError(f"column of {table.name}", name, inputs)
    kinds = {name: "words" if name in categorical else column_kind(table, name) for name in inputs}
    numbers = {name: as_numbers(table, name)[rows] for name, kind in kinds.items() if kind == "numbers"}
    words = {name: as_words(table, name) for name, kind in kinds.items() if kind == "words"}
    reasons = {name: NO_USE[kind] for name, kind in kinds.items() if kind in NO_USE}
    reasons |= {name: _no_use_of_numbers(column) for name, column in numbers.items()}
    reasons |= {name: _no_use_of_words(column, rows) for name, column in words.items()}
    reasons |= of_no_use
    ids = {name: what for name in numbers if not reasons[name] and (what := describe_id(table, name))}
    names = {name: what for name, what in ids.items() if what.are_certain}
    if any(not reason for name, reason in reasons.items() if name not in names):
        reasons |= {name: str(what) for name, what in names.items()}
    remarks = [
        (f"{what}, kept; what is an id is better left out by leave_out", name)
        for name, what in ids.items()
        if not reasons[name]
    ]
    large = [name for name, kind in kinds.items() if kind == "words" and name not in categorical and not reasons[name]]
    remarks += [(LARGE, name) for name in large if run_together(table, name)]
    remarks += [(PHRASES, name) for name in large if _are_texts(words[name])]
    chosen = Selection(
        {name: column for name, column in numbers.items() if not reasons[name]},
        {name: column[rows] for name, column in words.items() if not reasons[name]},
        {name: reasons[name] for name in inputs if reasons[name]},
        tuple(remarks),
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
        if mixed := mixed_formats(words):
            return mixed
        texts = _are_texts(words)
        return (
            f"a different text in every row; --text {words.name} reads it" if texts else "a different word in every row"
        )
    training = words[rows]
    if training.null_count() == len(training):
        return NO_USE["nothing"]
    return "one value only" if training.n_unique() == 1 else ""


def _are_texts(words: pl.Series) -> bool:
    """Whether cells are of several words, as texts are."""
    length = words.str.count_matches(r"\S+").mean()
    return isinstance(length, float) and length >= FEWEST_WORDS
