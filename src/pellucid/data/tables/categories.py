"""Columns of words: one column of zeros and ones for each category."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Self

import numpy as np

from pellucid.data.messages import ColumnNote
from pellucid.data.serialization import STRICT
from pellucid.errors import DataError

if TYPE_CHECKING:
    import polars as pl

MOST_CATEGORIES = 50
"""A column with more categories keeps this many, the most frequent; the rest become one, "other"."""

MISSING = "missing, taken as none of the categories"
UNSEEN = "never seen in training, taken as none of the categories"
RARE = "not among the categories kept, taken as 'other'"


@dataclass(frozen=True)
class Categories:
    """One-hot: the column of x that belongs to the row's category is 1, the others are 0.

    ``values`` are the categories, most frequent first; with ``other`` one more column stands for all the rest. A
    missing value, and without ``other`` a category never seen in training, is 0 in every column.
    """

    name: str
    values: tuple[str, ...]
    other: bool
    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    def __post_init__(self) -> None:
        if not self.values or len(set(self.values)) != len(self.values):
            raise DataError(f"column {self.name!r} needs categories that differ, not {list(self.values)}")

    @classmethod
    def fit(cls, name: str, words: pl.Series) -> Self:
        """The categories of a column that has at least one."""
        import polars as pl

        counted = words.drop_nulls().alias("word").value_counts().sort("count", "word", descending=[True, False])
        values: list[str] = counted.get_column("word").cast(pl.String).to_list()
        return cls(name, tuple(values[:MOST_CATEGORIES]), len(values) > MOST_CATEGORIES)

    @property
    def features(self) -> tuple[str, ...]:
        """The names of the columns of x that it becomes."""
        return tuple(f"{self.name}={value}" for value in (*self.values, *(["other"] if self.other else [])))

    def apply(self, words: pl.Series) -> tuple[np.ndarray, list[ColumnNote]]:
        """The columns of x, float32, (B, len(features)), and remarks on missing and unseen categories."""
        import polars as pl

        width = len(self.features)
        codes = words.replace_strict(self.values, range(len(self.values)), default=-1, return_dtype=pl.Int64).to_numpy()
        missing = words.is_null().to_numpy()
        rest = (codes < 0) & ~missing
        if self.other:
            codes = np.where(rest, width - 1, codes)
        x = np.zeros((len(words), width), np.float32)
        rows = np.flatnonzero(codes >= 0)
        x[rows, codes[rows]] = 1.0
        remarks = []
        if missing.any():
            remarks.append((MISSING, f"{self.name} ({missing.sum()})"))
        if rest.any():
            remarks.append(
                (RARE if self.other else UNSEEN, f"{self.name} ({rest.sum()}, such as {words[int(rest.argmax())]!r})")
            )
        return x, remarks
