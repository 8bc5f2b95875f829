from __future__ import annotations

import polars as pl
import pytest

from pellucid.data.files.cleanup import counts_rows, decimal_points
from pellucid.data.files.missing import MISSING


@pytest.mark.parametrize("cells", [["0", "1", "2"], ["1", "2", "3"], ["0"]])
def test_row_numbers(cells):
    assert counts_rows(pl.Series(cells))


@pytest.mark.parametrize("cells", [["2", "3"], ["0", "2"], ["1", "0"], ["0", None], ["0", "x"], ["0", "1.5"]])
def test_other_numbers(cells):
    assert not counts_rows(pl.Series(cells))


def test_decimal_commas_become_points_where_all_cells_are_numbers():
    frame = pl.DataFrame(
        {
            "price": ["1,5", "-2", ",5 ", "", "1,2e-3"],
            "words": ["1,5", "a", "b", "c", "d"],
            "lists": ["1,5,2", "1", "1", "1", "1"],
            "plain": ["1.5", "2", "3", "4", "5"],
        }
    )
    changed, names = decimal_points(frame)
    assert names == ["price"]
    assert changed["price"].to_list() == ["1.5", "-2", ".5 ", "", "1.2e-3"]
    assert changed.drop("price").equals(frame.drop("price"))


def test_marks_of_missing_values_are_in_lower_case():
    assert all(mark == mark.strip().lower() for mark in MISSING)
    assert {"", "na", "?"} <= set(MISSING)
