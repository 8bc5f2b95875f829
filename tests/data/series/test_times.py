from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from pellucid import DataError, Table, read_series
from pellucid.data.series.times import check_steps, next_times, times_of

HOURS = [f"2020-01-{day:02d} {hour:02d}:00" for day in (1, 2) for hour in range(24)]


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


def test_dates_of_parquet_are_read_and_zones_are_one_clock(tmp_path):
    days = pl.date_range(pl.date(2020, 1, 1), pl.date(2020, 1, 4), eager=True)
    hours = pl.datetime_range(pl.datetime(2020, 10, 25), pl.datetime(2020, 10, 25, 5), "1h", eager=True)
    here = hours.dt.replace_time_zone("UTC").dt.convert_time_zone("Europe/Berlin")  # 02:00 comes twice that night
    for times in (days, here):
        pl.DataFrame({"t": times, "a": range(len(times))}).write_parquet(tmp_path / "series.parquet")
        assert len(read_series(tmp_path / "series.parquet", "t")) == len(times)
    assert str(read_series(tmp_path / "series.parquet", "t").times[0]).startswith("2020-10-25T00:00")


def table_of(times):
    return Table(pl.DataFrame({"t": times}), "t.csv", np.arange(2, 2 + len(times)), "line")


def test_dates_are_microseconds_and_numbers_are_floats():
    assert times_of(table_of(["2020-01-01", "2020-01-02"]), "t").dtype == np.dtype("datetime64[us]")
    assert times_of(table_of(["1", "2.5"]), "t").tolist() == [1.0, 2.5]
    months = times_of(table_of(["1949-01", "1949-02"]), "t")
    assert months.astype(str).tolist() == ["1949-01-01T00:00:00.000000", "1949-02-01T00:00:00.000000"]


@pytest.mark.parametrize(
    "times",
    [
        ["2020-01-31", "2020-02-29", "2020-03-31"],  # ends of months are no equal steps
        ["2020-01-01", "2020-01-02", "2020-01-04"],
        ["1", "2", "3.2"],
    ],
)
def test_steps_that_differ_are_refused(times):
    table = table_of(times)
    with pytest.raises(DataError, match=r"t.csv, line \d: 't' goes from .* the usual step is"):
        check_steps(table, "t", times_of(table, "t"))


@pytest.mark.parametrize("times", [["2020-01-31"], ["1", "2", "3.04"], ["2020-02-15", "2020-03-15", "2020-04-15"]])
def test_equal_steps_to_within_rounding(times):
    table = table_of(times)
    check_steps(table, "t", times_of(table, "t"))


@pytest.mark.parametrize(
    ("times", "after"),
    [
        (["2020-01-01 22:00", "2020-01-01 23:00"], ("2020-01-02 00:00:00", "2020-01-02 01:00:00")),
        (["2020-02-27", "2020-02-28"], ("2020-02-29", "2020-03-01")),
        (["2019-11-15", "2019-12-15", "2020-01-15"], ("2020-02-15", "2020-03-15")),
        (["0.1", "0.2", "0.3"], ("0.4", "0.5")),
        (["10", "8"], ("6", "4")),
    ],
)
def test_the_next_times(times, after):
    assert next_times(times_of(table_of(times), "t"), 2) == after
