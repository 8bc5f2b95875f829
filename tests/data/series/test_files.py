from __future__ import annotations

import pytest

from pellucid import (
    DataError,
    UnknownNameError,
    read_series,
)

HOURS = [f"2020-01-{day:02d} {hour:02d}:00" for day in (1, 2) for hour in range(24)]


def test_bad_values_and_columns_are_named(written):
    path = written(HOURS[:4], a=[1.0, None, 3.0, 4.0], b=[1, 2, 3, 4])
    with pytest.raises(DataError, match=r"series.csv, line 3: 'a' is missing \(1 such\): fill it in"):
        read_series(path, "t")
    assert read_series(path, "t", ["b"]).values.tolist() == [[1.0], [2.0], [3.0], [4.0]]
    for time, chosen, error in (("when", None, UnknownNameError), ("t", ["c"], UnknownNameError), ("t", [], DataError)):
        with pytest.raises(error):
            read_series(path, time, chosen)
