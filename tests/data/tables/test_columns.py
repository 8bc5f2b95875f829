from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import numpy as np
import polars as pl
import pytest

from pellucid.data import Table
from pellucid.data.tables.columns import as_numbers, as_words, column_kind
from pellucid.errors import DataError


def table_of(cells):
    frame = pl.DataFrame({"a": cells}, strict=False)
    return Table(frame, "t.csv", np.arange(2, 2 + len(cells)), "line")


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        (["1", "-2.5e3", None], "numbers"),
        ([1, None], "numbers"),
        (["1", "2", "b"], "words"),
        (["a", None], "words"),
        ([True, False], "words"),
        (pl.Series(["a", "1"], dtype=pl.Categorical), "words"),
        ([None, None], "nothing"),
        (["2020-01-31", "2020-2-1 12:30", None], "dates"),
        (["31/12/99", "1.2.2020"], "dates"),
        (["1949-01", "1949-02"], "dates"),
        (["2020-01-31", "soon"], "words"),
        ([date(2020, 1, 1)], "dates"),
        ([[1, 2], [3]], "lists"),
        ([b"x"], "lists"),
    ],
)
def test_what_columns_hold(cells, kind):
    assert column_kind(table_of(cells), "a") == kind


def test_numbers_with_missing_ones():
    numbers = as_numbers(table_of(["1", None, "2e3", "+.5"]), "a")
    assert numbers.dtype == np.float64
    np.testing.assert_array_equal(numbers, [1.0, np.nan, 2000.0, 0.5])


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        (["1", "x"], r"t.csv, line 3: column 'a' holds numbers, but here it is 'x'"),
        (["1", "2", "-inf"], r"t.csv, line 4: column 'a' is infinite \(-inf\)"),
        (["1e999"], r"t.csv, line 2: column 'a' is infinite \(1e999\)"),
        ([1.0, float("inf")], r"t.csv, line 3: column 'a' is infinite"),
        (["4e38"], r"t.csv, line 2: column 'a' is too large \(4e38\): numbers must be within \+-3.4e\+38"),
    ],
)
def test_what_is_no_number(cells, message):
    with pytest.raises(DataError, match=message):
        as_numbers(table_of(cells), "a")


def test_dates_and_lists_where_numbers_or_words_are_needed():
    for cells in ([date(2020, 1, 1)], [[1, 2]], [b"x"], [{"a": 1}], [timedelta(1)]):
        for wanted, read in (("numbers", as_numbers), ("words", as_words)):
            with pytest.raises(DataError, match=f"t.csv: column 'a' holds .*, where {wanted} are needed"):
                read(table_of(cells), "a")


def test_a_few_words_among_numbers_are_mistakes():
    table = table_of(["7"] * 19 + ["oops"])
    assert column_kind(table, "a") == "numbers"
    with pytest.raises(DataError, match="line 21: column 'a' holds numbers, but here it is 'oops': correct it"):
        as_numbers(table, "a")
    assert column_kind(table_of(["7"] * 8 + ["oops", "oh"]), "a") == "words"


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        (["0", "1.0", "-2.", "0.5", "-0.0", None], ["0", "1", "-2", "0.5", "0", None]),
        ([0.0, 1.0, -2.0, 0.5, -0.0, None], ["0", "1", "-2", "0.5", "0", None]),
        (pl.Series([0.1, 3.0], dtype=pl.Float32), ["0.1", "3"]),
        ([0, 1, -2], ["0", "1", "-2"]),
        ([Decimal("1.00"), Decimal("2.50")], ["1", "2.50"]),
        (["True", "FALSE", "true", "Truest"], ["true", "false", "true", "Truest"]),
        ([True, False], ["true", "false"]),
        (pl.Series(["True", "1.0"], dtype=pl.Categorical), ["true", "1"]),
        (["007", "1.10", "v1.0", "1.0.0"], ["007", "1.10", "v1.0", "1.0.0"]),
    ],
)
def test_words_are_spelled_alike_whatever_file_they_come_from(cells, words):
    assert as_words(table_of(cells), "a").to_list() == words


def test_a_column_may_be_called_like_a_pattern():
    table = Table(pl.DataFrame({"^.*$": ["x"], "b": ["y"]}), "t.csv", np.array([2]), "line")
    assert as_words(table, "^.*$").to_list() == ["x"]
