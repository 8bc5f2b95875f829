from __future__ import annotations

import polars as pl
import pytest

from pellucid.data.files.cleanup import counts_rows
from pellucid.data.files.missing import MISSING


@pytest.mark.parametrize("cells", [["0", "1", "2"], ["1", "2", "3"], ["0"]])
def test_row_numbers(cells):
    assert counts_rows(pl.Series(cells))


@pytest.mark.parametrize("cells", [["2", "3"], ["0", "2"], ["1", "0"], ["0", None], ["0", "x"], ["0", "1.5"]])
def test_other_numbers(cells):
    assert not counts_rows(pl.Series(cells))


def test_marks_of_missing_values_are_in_lower_case():
    assert all(mark == mark.strip().lower() for mark in MISSING)
    assert {"", "na", "?"} <= set(MISSING)
