"""Columns of many categories: a whole number for each, to look up in an ``Embedding``."""

from __future__ import annotations

import zlib
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Self

import numpy as np

from pellucid import validate
from pellucid.data.serialization import STRICT
from pellucid.errors import DataError

if TYPE_CHECKING:
    import polars as pl

ABSENT, RARE = 0, 1
"""The ids of a missing value, and of one that is rare or was never seen in training."""


@dataclass(frozen=True)
class FrequentIds:
    """0 for a missing value, 1 for a rare or new one, from 2 on ``values``, the most frequent of training first."""

    name: str
    values: tuple[str, ...]
    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    def __post_init__(self) -> None:
        if len(set(self.values)) != len(self.values):
            raise DataError(f"column {self.name!r} needs values that differ")

    @classmethod
    def fit(cls, name: str, words: pl.Series, at_least: int) -> Self:
        """The values that at least so many training rows have."""
        counted = words.drop_nulls().alias("word").value_counts().sort("count", "word", descending=[True, False])
        return cls(name, tuple(counted.filter(counted["count"] >= at_least)["word"].to_list()))

    @property
    def size(self) -> int:
        """How many ids there are."""
        return len(self.values) + 2

    def find_others(self, words: pl.Series) -> dict[str, int]:
        """The values that are rare or new, as they come, and how often each is there."""
        others = words.drop_nulls()
        return dict(Counter(others.filter(~others.is_in(list(self.values)))))

    def apply(self, words: pl.Series) -> np.ndarray:
        """The ids (B,), int32."""
        import polars as pl

        ids = words.replace_strict(
            self.values, range(2, self.size), default=pl.lit(RARE, pl.Int32), return_dtype=pl.Int32
        )
        return np.where(words.is_null().to_numpy(), np.int32(ABSENT), ids.to_numpy())


@dataclass(frozen=True)
class HashedIds:
    """0 for a missing value, for any other ``crc32("name=value") mod buckets + 1``: nothing is learnt or stored.

    Values that meet in a bucket are one to the network. CRC-32 gives the same on every machine and in every version,
    as Python's own ``hash`` does not. Source: Weinberger et al. 2009, "Feature hashing for large scale multitask
    learning".
    """

    name: str
    buckets: int
    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    def __post_init__(self) -> None:
        validate.positive_int(f"column {self.name!r}", "buckets", self.buckets)

    @property
    def size(self) -> int:
        """How many ids there are."""
        return self.buckets + 1

    def apply(self, words: pl.Series) -> np.ndarray:
        """The ids (B,), int32."""
        ids = {word: zlib.crc32(f"{self.name}={word}".encode()) % self.buckets + 1 for word in words.unique()}
        ids[None] = ABSENT
        return np.array([ids[word] for word in words], np.int32)
