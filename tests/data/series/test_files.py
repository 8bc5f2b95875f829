from __future__ import annotations

from dataclasses import asdict

import numpy as np
import polars as pl
import pytest

from pellucid import (
    Adam,
    ConfigError,
    DataError,
    Dense,
    FromLast,
    MeanSquaredError,
    Permute,
    Reading,
    SeriesPreparation,
    UnknownNameError,
    dataset_from_series,
    fit,
    read_series,
    restore_preparation,
    windows,
)

HOURS = [f"2020-01-{day:02d} {hour:02d}:00" for day in (1, 2) for hour in range(24)]


@pytest.fixture
def written(tmp_path):
    def write(times, **columns):
        path = tmp_path / "series.csv"
        pl.DataFrame({"t": times, **(columns or {"a": list(range(len(times)))})}).write_csv(path)
        return path

    return write


def test_windows_by_hand():
    values = np.arange(12.0).reshape(6, 2)
    x, y = windows(values, 3, 2, 1)
    assert x.shape == (2, 3, 2)
    assert x[1].tolist() == [[2.0, 3.0], [4.0, 5.0], [6.0, 7.0]]
    assert y.tolist() == [[[6.0], [8.0]], [[8.0], [10.0]]]


@pytest.mark.parametrize(
    "times",
    [
        HOURS[:6],
        ["2020-01-31", "2020-02-01", "2020-02-02", "2020-02-03"],
        ["1949-11", "1949-12", "1950-01", "1950-02", "1950-03"],
        ["2019-03-01", "2020-03-01", "2021-03-01", "2022-03-01", "2023-03-01"],
        [5, 6, 7, 8],
        [1949.0, 1949.083, 1949.167, 1949.25],
    ],
)
def test_times_of_many_kinds_are_read(written, times):
    series = read_series(written(times), "t")
    assert len(series) == len(times)
    assert series.variables == ("a",)
    assert (series.times[1:] > series.times[:-1]).all()


@pytest.mark.parametrize(
    ("times", "said"),
    [
        ([*HOURS[:3], HOURS[1]], r"line 5: 't' is 2020-01-01T01:00:00.* after 2020-01-01T02.*: sort the rows by time"),
        ([*HOURS[:3], HOURS[2]], r"line 5: 't' is 2020-01-01T02.* again: keep one row for each time"),
        (
            [*HOURS[:3], *HOURS[5:9]],
            r"line 5: 't' goes from 2020-01-01T02.* to 2020-01-01T05.*step is 1 hours \(1 such",
        ),
        (["1949-01", "1949-02", "1949-04", "1949-05"], r"line 4: 't' goes from 1949-02-01.*the usual step is 1 months"),
        ([1, 2, 3, 7, 8], r"line 5: 't' goes from 3.0 to 7.0, but the usual step is 1.0"),
        (["2020-01-01", "never", "2020-01-03"], r"line 3: the time 't' is no time such as .* \('never'\)"),
        (["2020-01-01", None, "2020-01-03"], r"line 3: the time 't' is missing"),
    ],
)
def test_bad_times_are_named_with_their_line(written, times, said):
    with pytest.raises(DataError, match=said):
        read_series(written(times), "t")


def test_bad_values_and_columns_are_named(written):
    path = written(HOURS[:4], a=[1.0, None, 3.0, 4.0], b=[1, 2, 3, 4])
    with pytest.raises(DataError, match=r"series.csv, line 3: 'a' is missing \(1 such\): fill it in"):
        read_series(path, "t")
    assert read_series(path, "t", ["b"]).values.tolist() == [[1.0], [2.0], [3.0], [4.0]]
    for time, chosen, error in (("when", None, UnknownNameError), ("t", ["c"], UnknownNameError), ("t", [], DataError)):
        with pytest.raises(error):
            read_series(path, time, chosen)


def test_dates_of_parquet_are_read_and_zones_are_one_clock(tmp_path):
    days = pl.date_range(pl.date(2020, 1, 1), pl.date(2020, 1, 4), eager=True)
    hours = pl.datetime_range(pl.datetime(2020, 10, 25), pl.datetime(2020, 10, 25, 5), "1h", eager=True)
    here = hours.dt.replace_time_zone("UTC").dt.convert_time_zone("Europe/Berlin")  # 02:00 comes twice that night
    for times in (days, here):
        pl.DataFrame({"t": times, "a": range(len(times))}).write_parquet(tmp_path / "series.parquet")
        assert len(read_series(tmp_path / "series.parquet", "t")) == len(times)
    assert str(read_series(tmp_path / "series.parquet", "t").times[0]).startswith("2020-10-25T00:00")


def test_parts_follow_each_other_and_are_scaled_by_the_first(written):
    series = read_series(written(HOURS, a=np.arange(48.0), b=np.arange(48.0) ** 2), "t")
    data = dataset_from_series(series, window=4, horizon=2, targets=["b"], ends=(24, 34, 48))
    assert [len(part) for part in (data.train, data.validation, data.test)] == [24 - 5, 10 - 1, 14 - 1]
    training = np.arange(24.0) ** 2
    np.testing.assert_allclose(data.train.x[0, :, 0], ((training - training.mean()) / training.std())[:4], rtol=1e-6)
    first, last = data.preprocessing.target.decode(data.test.y)[[0, -1]]
    np.testing.assert_allclose(first[:, 0], [34.0**2, 35.0**2], rtol=1e-5)
    np.testing.assert_allclose(last[:, 0], [46.0**2, 47.0**2], rtol=1e-5)
    np.testing.assert_array_equal(data.validation.x[0], data.preprocessing.transform(series)[20:24])
    assert data.preprocessing.latest(series).shape == (1, 4, 2)
    assert SeriesPreparation.from_dict(asdict(data.preprocessing)) == data.preprocessing
    assert restore_preparation(data.preprocessing.to_dict()) == data.preprocessing


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


def test_a_linear_network_learns_a_wave(written):
    wave = np.sin(np.arange(200) * 2 * np.pi / 12) + np.arange(200) / 50
    series = read_series(written(list(range(200)), a=wave), "t")
    data = dataset_from_series(series, window=24, horizon=6)
    trained = fit(
        FromLast(Permute((2, 1)), Dense(6), Permute((2, 1))), MeanSquaredError(), data, optimizer=Adam(0.01), epochs=60
    )
    off = trained.outputs(data.test.x) - data.test.y
    assert np.mean(off**2) < 0.01 * np.mean((data.test.x[:, -1:] - data.test.y) ** 2)


def test_what_is_too_short_or_flat_or_unknown_is_said(written):
    series = read_series(written(HOURS, a=np.arange(48.0), b=np.ones(48)), "t")
    with pytest.raises(
        DataError, match=r"34 rows from 2020-01-01T00.* where a window of 40 and a horizon of 2 need 42"
    ):
        dataset_from_series(series, window=40, horizon=2)
    with pytest.raises(DataError, match=r"7 rows .* where a window of 4 and a horizon of 10 need 14"):
        dataset_from_series(series, window=4, horizon=10, ends=(40, 43, 48))
    with pytest.raises(ConfigError, match=r"ends are three rows in order, at most 48"):
        dataset_from_series(series, window=4, horizon=2, ends=(10, 20, 60))
    with pytest.raises(UnknownNameError):
        dataset_from_series(series, window=4, horizon=2, targets=["c"])
    with pytest.raises(ConfigError, match="horizon"):
        dataset_from_series(series, window=4, horizon=0)
    with pytest.raises(DataError, match="variables that differ"):
        dataset_from_series(series, window=4, horizon=2, targets=["a", "a"])
    data = dataset_from_series(series, window=4, horizon=2)
    assert data.notes[1] == "the same in all training rows, so only centred: b"
    with pytest.raises(DataError, match="a window of 4 need 4"):
        data.preprocessing.latest(series.take(slice(0, 3)))
    with pytest.raises(DataError, match="lacks the variable 'b'"):
        data.preprocessing.transform(read_series(written(HOURS), "t"))
