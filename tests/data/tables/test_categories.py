from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from sklearn.preprocessing import OneHotEncoder

from pellucid.data.tables.categories import MOST_CATEGORIES, Categories
from pellucid.errors import DataError


def test_agrees_with_scikit_learn():
    words = np.random.default_rng(0).choice(list("wxyz"), 200, p=[0.1, 0.2, 0.3, 0.4])
    encoder = OneHotEncoder(categories=[list("zyxw")], sparse_output=False).fit(words[:, None])
    column = Categories.fit("c", pl.Series(words))
    x, remarks = column.apply(pl.Series(words))
    np.testing.assert_array_equal(x, encoder.transform(words[:, None]))
    assert x.dtype == np.float32
    assert column.features == ("c=z", "c=y", "c=x", "c=w")
    assert remarks == []


def test_most_frequent_first_then_the_alphabet():
    column = Categories.fit("c", pl.Series(["b", "c", None, "a", "c", "b", "d"]))
    assert column == Categories("c", ("b", "c", "a", "d"), other=False)


def test_missing_and_unseen_are_none_of_them():
    column = Categories("c", ("a", "b"), other=False)
    x, remarks = column.apply(pl.Series(["b", None, "new", "a", "newer"]))
    assert x.tolist() == [[0, 1], [0, 0], [0, 0], [1, 0], [0, 0]]
    assert remarks == [
        ("missing, taken as none of the categories", "c (1)"),
        ("never seen in training, taken as none of the categories", "c (2, such as 'new')"),
    ]


def test_rare_ones_are_other():
    words = [f"w{i}" for i in range(MOST_CATEGORIES + 3)] + [f"w{i}" for i in range(MOST_CATEGORIES)]
    column = Categories.fit("c", pl.Series(words))
    assert len(column.values) == MOST_CATEGORIES
    assert column.features[-1] == "c=other"
    x, remarks = column.apply(pl.Series(["w51", "unseen", None, column.values[1]]))
    assert x.argmax(axis=1).tolist() == [MOST_CATEGORIES, MOST_CATEGORIES, 0, 1]
    assert x.sum(axis=1).tolist() == [1, 1, 0, 1]
    assert remarks[1] == ("not among the categories kept, taken as 'other'", "c (2, such as 'w51')")


def test_only_missing_ones_later():
    x, _ = Categories("c", ("a",), other=False).apply(pl.Series([None, None], dtype=pl.String))
    assert x.tolist() == [[0], [0]]


@pytest.mark.parametrize("values", [(), ("a", "a")])
def test_what_cannot_be(values):
    with pytest.raises(DataError, match="column 'c' needs categories that differ"):
        Categories("c", values, other=False)
