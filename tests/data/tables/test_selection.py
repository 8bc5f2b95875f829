from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from pellucid.data import Table
from pellucid.data.tables.selection import select_columns
from pellucid.errors import DataError, UnknownNameError

COLUMNS = {
    "size": ["1", "2", None, "4"],
    "colour": ["red", "blue", "red", None],
    "id": ["a", "b", "c", "d"],
    "said": ["a fine day", "a rainy day", "no day at all", "some day or other"],
    "day": ["2020-01-01", "2020-01-02", "2020-01-03", "2020-01-04"],
    "same": ["1", "1", "1", "1"],
    "empty": [None] * 4,
    "y": ["p", "q", "p", "q"],
}


def table_of(**columns):
    frame = pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.String))
    return Table(frame, "t.csv", np.arange(2, 2 + len(frame)), "line", "y")


def test_texts_that_come_again_are_said_to_be_categories():
    said = ["a fine day", "a rainy day", "a fine day", "a rainy day"]
    chosen = select_columns(table_of(said=said, colour=["red", "blue", "red", "red"], y=COLUMNS["y"]), np.arange(4))
    assert list(chosen.words) == ["said", "colour"]
    assert chosen.notes() == (
        "texts that come again, taken as categories; --text and its name reads one word by word: said",
    )
    named = select_columns(table_of(said=said, y=COLUMNS["y"]), np.arange(4), ["said"])
    assert named.notes() == ()  # that was asked for


def test_columns_by_what_they_hold():
    chosen = select_columns(table_of(**COLUMNS), np.arange(4))
    assert list(chosen.numbers) == ["size"]
    np.testing.assert_array_equal(chosen.numbers["size"], [1.0, 2.0, np.nan, 4.0])
    assert {name: words.to_list() for name, words in chosen.words.items()} == {"colour": ["red", "blue", "red", None]}
    assert chosen.left_out == {
        "id": "a different word in every row",
        "said": "a different text in every row; --text said reads it",
        "day": "dates; to use them, make numbers of them, such as days since a start",
        "same": "one value only",
        "empty": "nothing in it",
    }
    assert chosen.notes()[0] == "left out (a different word in every row): id"


def test_only_training_rows_count():
    table = table_of(a=["1", "2", None, None], b=["x", "x", "z", "z"], c=["1", "2", "3", "4"], y=list("pqpq"))
    chosen = select_columns(table, np.array([2, 3]))
    assert chosen.left_out == {"a": "nothing in it", "b": "one value only"}
    assert chosen.numbers["c"].tolist() == [3.0, 4.0]


def test_numbers_may_be_taken_as_words():
    table = table_of(zip=["1", "2.0", "2", "1"], y=list("pqpq"))
    assert select_columns(table, np.arange(4), ["zip"]).words["zip"].to_list() == ["1", "2", "2", "1"]
    with pytest.raises(UnknownNameError, match=r"unknown column of t.csv 'zap': did you mean zip"):
        select_columns(table, np.arange(4), ["zap"])
    with pytest.raises(UnknownNameError, match="'y'"):
        select_columns(table, np.arange(4), ["y"])


def test_no_column_of_use():
    with pytest.raises(DataError, match=r"no column to predict from: left out \(one value only\): same"):
        select_columns(table_of(same=["1", "1"], y=["p", "q"]), np.arange(2))
    with pytest.raises(DataError, match="it has no column beside the target 'y'"):
        select_columns(table_of(y=["p", "q"]), np.arange(2))
