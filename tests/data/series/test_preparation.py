from __future__ import annotations

import numpy as np
import pytest

from pellucid import (
    Reading,
    dataset_from_series,
    read_series,
)

HOURS = [f"2020-01-{day:02d} {hour:02d}:00" for day in (1, 2) for hour in range(24)]


@pytest.mark.parametrize(
    ("times", "after"),
    [
        (HOURS[:6], ["2020-01-01 06:00:00", "2020-01-01 07:00:00"]),
        (["2020-01-30", "2020-01-31"], ["2020-02-01", "2020-02-02"]),
        (["1949-10", "1949-11", "1949-12"], ["1950-01-01", "1950-02-01"]),
        (["2022-03-05", "2023-03-05", "2024-03-05"], ["2025-03-05", "2026-03-05"]),
        ([5, 6, 7, 8], ["9", "10"]),
        ([0.0, 0.25, 0.5], ["0.75", "1"]),
    ],
)
def test_the_times_behind_a_series_go_on_as_it_did(written, times, after):
    series = read_series(written(times), "t")
    preparation = dataset_from_series(
        read_series(written(HOURS), "t"), window=2, horizon=2, targets=["a"], ends=(20, 30, 48)
    ).preprocessing
    inputs = preparation.read(written(times), Reading())
    assert (inputs.column, inputs.places) == ("t", tuple(after))
    np.testing.assert_array_equal(inputs.x, preparation.latest(series))
