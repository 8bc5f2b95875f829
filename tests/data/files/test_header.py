from __future__ import annotations

import pytest

from pellucid.data.files.header import column_names, has_header
from pellucid.errors import DataError


@pytest.mark.parametrize(
    ("rows", "named"),
    [
        ([["a", "b"], ["1", "x"], ["2", "y"]], True),  # a word over numbers
        ([["1", "b"], ["2", "x"]], False),  # a number among the names
        ([["2020", "kind"], ["5", "x"], ["6", "y"]], False),
        ([["year", "2020"], ["1", "5"], ["2", "6"]], True),  # but a word over numbers decides first
        ([["red", "big"], ["blue", "big"], ["red", "small"]], False),  # every cell comes again
        ([["colour", "size"], ["blue", "big"], ["red", "small"]], True),
        ([["a", "b"]], True),
        ([["1", "2"]], False),
        ([[" a ", "b"], [" 1 ", "?"], ["-", "2,5"]], True),  # blanks and missing values do not count
        ([["", "x"], ["0", "a"], ["1", "b"]], True),
        ([["inf", "x"], ["1", "b"]], False),
        ([["a", "b"], ["1"]], True),  # a shorter row is no reason
    ],
)
def test_headers(rows, named):
    assert has_header(rows) is named


@pytest.mark.parametrize("number", ["1", "-1.5", "+.5", "1e-3", "2,5", "inf", "-Infinity", "7."])
def test_numbers_are_no_names(number):
    assert not has_header([[number], ["x"], ["y"]])
    assert has_header([["name"], [number], [number]])


@pytest.mark.parametrize("word", ["1.2.3", "2020-01-01", "e5", "0x1", "1 2"])
def test_words_with_digits_may_be_names(word):
    assert has_header([[word], ["x"], ["y"]])


def test_names():
    assert column_names([" a ", "", "c"], "t.csv") == ["a", "column_2", "c"]
    with pytest.raises(DataError, match=r"t.csv: columns 1 and 3 are both called 'a': rename one"):
        column_names(["a", "b", "a "], "t.csv")
    with pytest.raises(DataError, match="columns 1 and 2 are both called 'column_2'"):
        column_names(["column_2", ""], "t.csv")
