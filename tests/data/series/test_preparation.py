from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from pellucid import (
    ConfigError,
    DataError,
    Reading,
    Series,
    SeriesPreparation,
    dataset_from_series,
    read_series,
)
from pellucid.data.base.targets import SeriesTarget
from pellucid.data.preparation.scaling import Scaling

HOURS = [f"2020-01-{day:02d} {hour:02d}:00" for day in (1, 2) for hour in range(24)]


@pytest.mark.parametrize(
    ("times", "after"),
    [
        (HOURS[:6], ["2020-01-01 06:00", "2020-01-01 07:00"]),
        (["2020-01-30", "2020-01-31"], ["2020-02-01", "2020-02-02"]),
        (["1949-10", "1949-11", "1949-12"], ["1950-01", "1950-02"]),
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


@pytest.fixture
def preparation():
    scaling = Scaling(("b", "a"), (0.0, 0.0), (1.0, 2.0), (1.0, 4.0))
    return SeriesPreparation(scaling, SeriesTarget(2, scaling.first(1)), 3, "t")


def series_of_values(*rows, variables=("a", "b")):
    return Series("s.csv", np.arange(float(len(rows))), np.array(rows, float), variables)


def test_variables_are_scaled_in_the_order_of_the_network(preparation):
    z = preparation.transform(series_of_values([6, 2], [2, 1]))
    assert z.dtype == np.float32
    assert z.tolist() == [[1.0, 1.0], [0.0, 0.0]]


def test_what_outputs_are(preparation):
    assert preparation.outputs == ("b+1", "b+2")
    assert preparation.output_shape == (2, 1)


def test_the_last_window(preparation):
    series = series_of_values([0, 0], [2, 1], [6, 2], [2, 3])
    np.testing.assert_array_equal(preparation.latest(series), preparation.transform(series)[None, 1:])
    with pytest.raises(DataError, match=r"s.csv has 2 rows from 0.0 to 1.0 where a window of 3 need 3"):
        preparation.latest(series.take(slice(0, 2)))
    with pytest.raises(DataError, match=r"s.csv has 0 rows where"):
        preparation.latest(series.take(slice(0, 0)))


def test_stored_and_read_again(preparation):
    assert SeriesPreparation.from_dict(preparation.to_dict()) == preparation
    spoiled = preparation.to_dict() | {"window": 0}
    with pytest.raises((ConfigError, DataError), match="window"):
        SeriesPreparation.from_dict(spoiled)


def test_targets_come_first(preparation):
    with pytest.raises(DataError, match="targets are the first of the variables"):
        replace(preparation, target=SeriesTarget(2, Scaling.uniform(["a"])))
    twice = Scaling.uniform(["a", "a"])
    with pytest.raises(DataError, match="variables that differ"):
        replace(preparation, scaling=twice, target=SeriesTarget(1, twice.first(1)))
