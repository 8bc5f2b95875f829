"""Tables with columns of very many categories, such as clicks on advertisements: numbers, and ids to embed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, ClassVar

import numpy as np

from pellucid import validate
from pellucid.data.base.dataset import Dataset, Split
from pellucid.data.base.layout import EmbeddedLayout
from pellucid.data.base.preparation import Inputs, Preparation, Reading
from pellucid.data.base.splits import FRACTIONS, split
from pellucid.data.base.targets import ClassTarget
from pellucid.data.messages import sentences
from pellucid.data.preparation.scaling import Scaling
from pellucid.data.serialization import STRICT
from pellucid.data.tables.category_ids import FrequentIds, HashedIds
from pellucid.data.tables.columns import as_numbers, as_words
from pellucid.data.tables.memory import describe_table, table_in_memory
from pellucid.data.tables.selection import Selection, select_columns
from pellucid.data.tables.table import Table, read_table
from pellucid.data.tables.targets import drop_missing, encode_target, fit_classes
from pellucid.errors import ConfigError, DataError, UnknownNameError
from pellucid.types import Tree

OTHERS = "rare in training or never seen in it, taken as one"
EMBED = ("frequent", "hash")
AT_LEAST, BUCKETS = 10, 1000
MOST_IDS = 2**24
"""float32, the dtype of x, holds no more whole numbers."""


@dataclass(frozen=True)
class ClickPreparation(Preparation):
    """How a table becomes ``{"numbers": (B, D), "categories": (B, C)}``. Plain values: stored as JSON, never pickled.

    Numbers are scaled, after ``sign(x) log(1 + |x|)`` if ``log``; behind them stands for each column ``gaps`` names a 1
    where its number is missing. Categories are ids into one table of ``vocabulary`` rows for all columns, each with
    rows of its own: ``Embedding(preprocessing.vocabulary, units)`` takes them. ``order`` names the columns it takes as
    they stood in the table, if known.
    """

    numbers: Scaling
    gaps: tuple[str, ...]
    log: bool
    categories: tuple[FrequentIds | HashedIds, ...]
    target: ClassTarget
    notes: tuple[str, ...] = ()
    order: tuple[str, ...] = ()
    kind: ClassVar[str] = "clicks"
    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    def __post_init__(self) -> None:
        if not self.numbers.names or not self.categories:
            raise DataError(
                "embedded categories need a column of numbers and one of categories at least: train the table without "
                "embedding"
            )
        if sorted(self.columns) != sorted((*self.numbers.names, *(column.name for column in self.categories))):
            raise DataError(f"order names the columns of numbers and of categories, not {list(self.order)}")
        if self.vocabulary > MOST_IDS:
            raise ConfigError(
                f"{self.vocabulary:,} ids are more than {MOST_IDS:,}: take fewer buckets, or a larger at_least"
            )

    @property
    def vocabulary(self) -> int:
        """How many ids all columns of categories have together."""
        return sum(column.size for column in self.categories)

    @property
    def columns_in_x(self) -> dict[str, list[tuple[str, int]]]:
        places = {name: [("numbers", index)] for index, name in enumerate(self.numbers.names)}
        for index, name in enumerate(self.gaps, len(places)):
            places[name].append(("numbers", index))
        return places | {column.name: [("categories", index)] for index, column in enumerate(self.categories)}

    @property
    def layout(self) -> EmbeddedLayout:
        return EmbeddedLayout(len(self.numbers.names) + len(self.gaps), len(self.categories), self.vocabulary)

    def read(self, path: Path, reading: Reading) -> Inputs:
        return self._inputs(read_table(path, **vars(reading)))

    def prepare(self, data: Any, reading: Reading) -> Inputs:
        table = table_in_memory(data, reading.missing, self.columns)
        if table is None:
            raise self.refusal(data)
        return self._inputs(table)

    def _inputs(self, table: Table) -> Inputs:
        remarks = []
        for column in self.categories:
            words = as_words(table, column.name)
            if isinstance(column, FrequentIds) and (others := column.find_others(words)):
                remarks.append((OTHERS, f"{column.name} ({sum(others.values()):,}, such as {next(iter(others))!r})"))
        return Inputs(self.transform(table), None, (*table.notes, *sentences(remarks)))

    @property
    def wanted(self) -> str:
        return describe_table(self.columns)

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns it takes, in the order of the table where that is known."""
        return self.order or (*self.numbers.names, *(column.name for column in self.categories))

    def plain(self, x: Tree) -> Tree:
        """The numbers, and a 0 or 1 for every id, in a sparse matrix of (B, D + vocabulary)."""
        from scipy.sparse import csr_matrix, hstack

        rows, columns = x["categories"].shape
        there = np.ones(rows * columns, np.float32)
        start = np.arange(rows + 1) * columns
        ids = csr_matrix((there, x["categories"].reshape(-1), start), shape=(rows, self.vocabulary))
        return hstack([csr_matrix(x["numbers"]), ids], format="csr")

    def transform(self, table: Table) -> dict[str, np.ndarray]:
        """x of any table with the same columns. Raises UnknownNameError for a column that is missing."""
        for name in self.columns:
            if name not in table.columns:
                raise UnknownNameError(f"column of {table.name}", name, table.columns)
        raw = np.stack([as_numbers(table, name) for name in self.numbers.names], axis=1)
        missing = np.isnan(raw[:, [self.numbers.names.index(name) for name in self.gaps]])
        numbers = self.numbers.apply(_log(raw) if self.log else raw)
        offsets = np.cumsum([0, *(column.size for column in self.categories[:-1])])
        ids = [column.apply(as_words(table, column.name)) for column in self.categories]
        return {
            "numbers": np.concatenate([numbers, missing.astype(np.float32)], axis=1),
            "categories": (np.stack(ids, axis=1) + offsets).astype(np.int32),
        }


def dataset_from_clicks(
    table: Table,
    *,
    embed: str = "frequent",
    at_least: int = AT_LEAST,
    buckets: int = BUCKETS,
    log: bool = False,
    categorical: Sequence[str] = (),
    drop_missing_target: bool = False,
    validation: Table | None = None,
    test: Table | None = None,
    seed: int = 0,
    fractions: Sequence[float] = FRACTIONS,
) -> Dataset:
    """The data set of a table of numbers and of columns with very many categories, for classification.

    Args:
        table: its ``target``, or else its last column, is predicted.
        embed: how a category gets its id: "frequent" numbers those of at least ``at_least`` training rows, and all
            others share one id; "hash" maps each to one of ``buckets`` ids a column, and stores no list of them.
        at_least: the fewest training rows of a category with an id of its own.
        buckets: how many ids each column has with "hash".
        log: whether numbers become ``sign(x) log(1 + |x|)`` before they are scaled, as counts want it.
        categorical: names of columns of numbers to take as categories.
        drop_missing_target: whether rows without a target are left out; else one is an error.
        validation: a table for the validation part, and ``test`` one for the test part; with both all rows of ``table``
            train.
        test: see ``validation``.
        seed: draws the rows of each part where there are no such tables.
        fractions: of the rows, for training, validation and test, likewise.

    Returns:
        The data set; x is ``{"numbers": (B, D), "categories": (B, C)}``, y labels (B,).

    Raises:
        DataError: for a table that cannot be used.
        ConfigError: for one of ``validation`` and ``test`` alone, and for more ids than float32 can hold.
        UnknownNameError: for a column or a way to embed that is not there.
    """
    if embed not in EMBED:
        raise UnknownNameError("way to embed", embed, EMBED)
    validate.positive_int("dataset_from_clicks", "at_least", at_least)
    if (validation is None) != (test is None):
        raise ConfigError("dataset_from_clicks: give tables for validation and test, or neither")
    table = _with_one_target(table)
    if drop_missing_target:
        table, names = drop_missing(table, table.targets), table.targets
        validation, test = (None if part is None else drop_missing(part, names) for part in (validation, test))
    target = fit_classes(table, str(table.target))
    parts = [np.arange(len(table))]
    if validation is None:
        parts = list(split(len(table), fractions, seed=seed, stratify=encode_target(target, table)[0]))
    chosen = select_columns(table, parts[0], categorical)
    categories = tuple(
        HashedIds(name, buckets) if embed == "hash" else FrequentIds.fit(name, words, at_least)
        for name, words in chosen.words.items()
    )
    order = tuple(name for name in table.columns if name in chosen.numbers or name in chosen.words)
    preparation = ClickPreparation(*_scale_numbers(chosen, len(parts[0]), log), log, categories, target, order=order)
    tables = (part for part in (table, validation, test) if part is not None)
    whole, *others = (Split(preparation.transform(part), encode_target(target, part)[0]) for part in tables)
    train, held, last = *(whole.take(rows) for rows in parts), *others
    counted = sentences((f"{column.size} ids", column.name) for column in categories)
    notes = (*table.notes, *chosen.notes(), *counted)
    return Dataset(table.name, train, held, last, preparation, notes, missing=table.missing)


def _with_one_target(table: Table) -> Table:
    """The table with its target, the last column where none is named. Raises DataError for several."""
    if table.target is None:
        return replace(table, target=table.columns[-1])
    if len(table.targets) > 1:
        raise DataError(f"embedded categories predict one column, not {table.target!r}: name one, or leave out embed")
    return table


def _scale_numbers(chosen: Selection, rows: int, log: bool) -> tuple[Scaling, tuple[str, ...]]:
    """The scaling of the columns of numbers by the training rows, and which of these columns have gaps."""
    raw = np.stack([*chosen.numbers.values()], axis=1) if chosen.numbers else np.empty((rows, 0))
    gaps = tuple(name for name, column in chosen.numbers.items() if np.isnan(column).any())
    return Scaling.fit(tuple(chosen.numbers), _log(raw) if log else raw), gaps


def _log(x: np.ndarray) -> np.ndarray:
    logged: np.ndarray = np.sign(x) * np.log1p(np.abs(x))
    return logged
