from __future__ import annotations

import zlib

import numpy as np
import polars as pl
import pytest

from pellucid.data.tables.category_ids import FrequentIds, HashedIds
from pellucid.errors import ConfigError, DataError

WORDS = pl.Series(["b", "a", None, "b", "c", "a", "b"])


def test_frequent_values_come_first():
    ids = FrequentIds.fit("city", WORDS, at_least=2)
    assert (ids.values, ids.size) == (("b", "a"), 4)
    found = ids.apply(pl.Series(["a", "b", "c", "never", None]))
    assert found.dtype == np.int32
    assert found.tolist() == [3, 2, 1, 1, 0]


def test_values_without_an_id_of_their_own_are_counted():
    ids = FrequentIds.fit("city", WORDS, at_least=2)
    assert ids.find_others(pl.Series(["a", "c", "never", None, "c"])) == {"c": 2, "never": 1}
    assert ids.find_others(WORDS.head(2)) == {}


def test_ties_go_by_the_alphabet():
    assert FrequentIds.fit("city", pl.Series(["z", "a", "m"]), at_least=1).values == ("a", "m", "z")


def test_no_value_is_frequent():
    ids = FrequentIds.fit("city", WORDS, at_least=9)
    assert (ids.values, ids.size) == ((), 2)
    assert ids.apply(WORDS).tolist() == [1, 1, 0, 1, 1, 1, 1]


def test_hashes_are_those_of_crc_32():
    ids = HashedIds("city", 100)
    found = ids.apply(WORDS)
    assert found.dtype == np.int32
    assert found[2] == 0
    assert found[0] == zlib.crc32(b"city=b") % 100 + 1
    assert ids.size == 101
    assert found.min() >= 0
    assert found.max() < ids.size


def test_a_value_has_other_buckets_in_other_columns():
    words = pl.Series([str(i) for i in range(50)])
    assert (HashedIds("a", 1000).apply(words) != HashedIds("b", 1000).apply(words)).any()


def test_what_cannot_be():
    with pytest.raises(DataError, match="column 'city' needs values that differ"):
        FrequentIds("city", ("a", "a"))
    with pytest.raises(ConfigError, match="column 'city': buckets must be a whole number of at least 1"):
        HashedIds("city", 0)
