from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import numpy as np
import polars as pl
import pytest

from pellucid import ConfigError, DataError, Table, read_series, series_of
from pellucid.data.series.columns import SeriesColumns
from pellucid.data.series.files import all_series_of
from pellucid.data.series.gaps import check_steps
from pellucid.data.series.step_search import find_step
from pellucid.data.series.times import read_times

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
            r"line 5: 't' goes from 2020-01-01T02.* to 2020-01-01T05.*step is 1 hour \(1 such",
        ),
        (["1949-01", "1949-02", "1949-04", "1949-05"], r"line 4: 't' goes from 1949-02-01.*the usual step is 1 month"),
        ([1, 2, 3, 7, 8], r"line 5: 't' goes from 3.0 to 7.0, but the usual step is 1 "),
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


def times_of(table, name):
    return read_times(table, name).values


def check(table, name):
    times = times_of(table, name)
    step = find_step(times)
    if step is not None:
        check_steps(table, name, np.arange(len(times)), times, step)


def test_dates_are_microseconds_and_numbers_are_floats():
    assert times_of(table_of(["2020-01-01", "2020-01-02"]), "t").dtype == np.dtype("datetime64[us]")
    assert times_of(table_of(["1", "2.5"]), "t").tolist() == [1.0, 2.5]
    months = times_of(table_of(["1949-01", "1949-02"]), "t")
    assert months.astype(str).tolist() == ["1949-01-01T00:00:00.000000", "1949-02-01T00:00:00.000000"]


@pytest.mark.parametrize(
    "times",
    [
        ["2020-01-31", "2020-02-27", "2020-03-31"],  # not the end of February
        ["2020-01-01", "2020-01-02", "2020-01-04"],
        ["1", "2", "3.2"],
    ],
)
def test_steps_that_differ_are_refused(times):
    table = table_of(times)
    with pytest.raises(DataError, match=r"t.csv, line \d: 't' goes from .* the usual step is"):
        check(table, "t")


@pytest.mark.parametrize(
    "times",
    [["2020-01-31"], ["1", "2", "3.04"], ["2020-02-15", "2020-03-15", "2020-04-15"], ["2020-01-31", "2020-02-29"]],
)
def test_equal_steps_to_within_rounding(times):
    table = table_of(times)
    check(table, "t")


DAYS = [f"2020-01-{day:02d}" for day in range(1, 25)]


@pytest.mark.parametrize(
    ("times", "after"),
    [
        (["2020-01-01 22:00", "2020-01-01 23:00"], ("2020-01-02 00:00", "2020-01-02 01:00")),
        (["2020-02-27", "2020-02-28"], ("2020-02-29", "2020-03-01")),
        (["2019-11-15", "2019-12-15", "2020-01-15"], ("2020-02-15", "2020-03-15")),
        (["0.1", "0.2", "0.3"], ("0.4", "0.5")),
        (["10", "8"], ("12", "14")),
        (["1949.0", "1949.083", "1949.167", "1949.25"], ("1949.333333", "1949.416667")),
        (["07/01/2018", "07/01/2019"], ("07/01/2020", "07/01/2021")),
        (["01/13/2020", "01/14/2020"], ("01/15/2020", "01/16/2020")),
        (["13.1.2020", "14.1.2020"], ("15.1.2020", "16.1.2020")),
        (["1960-11", "1960-12"], ("1961-01", "1961-02")),
        (["2000-01-31", "2000-02-29", "2000-03-31"], ("2000-04-30", "2000-05-31")),
        (["2000-09-30", "2000-12-31"], ("2001-03-31", "2001-06-30")),
        (["2020-01-30", "2020-02-29", "2020-03-30"], ("2020-04-30", "2020-05-30")),
        (["2020-01-31", "2020-02-28", "2020-03-31", "2020-04-30", "2020-05-29"], ("2020-06-30", "2020-07-31")),
        (["2020-01-01", "2020-02-03", "2020-03-02", "2020-04-01"], ("2020-05-01", "2020-06-01")),
        (["2020-Q3", "2020-Q4"], ("2021-Q1", "2021-Q2")),
        (["2019-12-31", "2020-12-31"], ("2021-12-31", "2022-12-31")),
        (["2020-W52", "2020-W53"], ("2021-W01", "2021-W02")),
        (["2020-01-03", "2020-01-10"], ("2020-01-17", "2020-01-24")),
        ([day for i, day in enumerate(DAYS) if i % 7 not in (3, 4)], ("2020-01-27", "2020-01-28")),
        ([day for i, day in enumerate(DAYS) if i % 7 not in (3, 4) and i != 6], ("2020-01-27", "2020-01-28")),
        ([day for i, day in enumerate(DAYS) if i % 7 != 4], ("2020-01-25", "2020-01-27")),
        (["2020-01-01T00:00:00.25", "2020-01-01T00:00:00.50"], ("2020-01-01T00:00:00.75", "2020-01-01T00:00:01.00")),
        (["20200228", "20200229"], ("20200301", "20200302")),
        (["202011", "202012", "202101"], ("202102", "202103")),
        (["2020-03-29 01:00+01:00", "2020-03-29 03:00+02:00"], ("2020-03-29 04:00+02:00", "2020-03-29 05:00+02:00")),
        (["2020-10-25 00:00+02:00", "2020-10-26 00:00+01:00"], ("2020-10-27 00:00+01:00", "2020-10-28 00:00+01:00")),
        (["2020-01-01T22:00:00Z", "2020-01-01T23:00:00Z"], ("2020-01-02T00:00:00Z", "2020-01-02T01:00:00Z")),
        (["01/02/2020 11:00 AM", "01/02/2020 12:00 PM"], ("01/02/2020 01:00 PM", "01/02/2020 02:00 PM")),
    ],
)
def test_the_next_times_are_written_as_the_table_writes_them(times, after):
    assert series_of(series_table(times), "t").following(2) == after


def series_table(times):
    table = table_of(times)
    return replace(table, frame=table.frame.with_columns(a=pl.int_range(len(times)).cast(pl.Float64)))


BERLIN = pl.datetime_range(datetime(2020, 10, 24, 20), datetime(2020, 10, 25, 4), "1h", eager=True, time_zone="UTC")


def test_clocks_that_are_set_back_need_their_zone():
    local = BERLIN.dt.convert_time_zone("Europe/Berlin").dt.strftime("%Y-%m-%d %H:%M").to_list()
    with pytest.raises(DataError, match=r"line 7: 't' is 2020-10-25T02.* again: .* zone = 'Europe/Berlin'"):
        series_of(series_table(local), "t")
    (series,) = all_series_of(series_table(local), SeriesColumns("t", zone="Europe/Berlin"))
    assert (series.times == BERLIN.dt.replace_time_zone(None).to_numpy()).all()
    assert series.following(1) == ("2020-10-25 06:00",)
    with pytest.raises(ConfigError, match="name of a time zone"):
        all_series_of(series_table(local), SeriesColumns("t", zone="Berlin"))


def test_a_zone_of_parquet_is_kept_across_a_change_of_clocks():
    times = BERLIN[:4].dt.convert_time_zone("Europe/Berlin")
    after = ("2020-10-25 02:00:00+02:00", "2020-10-25 02:00:00+01:00", "2020-10-25 03:00:00+01:00")
    assert series_of(series_table(times), "t").following(3) == after


def test_clocks_that_are_set_forward_need_their_zone():
    local = ["2020-03-29 00:00", "2020-03-29 01:00", "2020-03-29 03:00", "2020-03-29 04:00"]
    with pytest.raises(DataError, match=r"line 4: .*step is 1 hour .*zone = 'Europe/Berlin'"):
        series_of(series_table(local), "t")
    (series,) = all_series_of(series_table(local), SeriesColumns("t", zone="Europe/Berlin"))
    assert str(series.step) == "1 hour"


def test_which_order_of_day_and_month_was_taken_is_said():
    table = series_table(["07/01/2018", "07/01/2019", "07/01/2020"])
    (note,) = series_of(table, "t").notes
    assert "'t' can be read day first and month first (07/01/2018): month first was taken" in note
    (series,) = all_series_of(table, SeriesColumns("t", dates="day-first"))
    assert (series.times[0], series.notes) == (np.datetime64("2018-01-07"), ())
    table = series_table([f"{day:02}/02/2020" for day in range(1, 13)])  # equal steps month first too
    assert "1 month" in str(series_of(table, "t").step)
    table = series_table([f"{day:02}/02/2020" for day in range(1, 10)] + ["10/02/2020", "13/02/2020"])
    with pytest.raises(DataError, match=r"goes from 2020-02-10.* to 2020-02-13"):
        series_of(table, "t")


def test_holidays_are_said_and_long_gaps_are_not_holidays():
    working = [day for i, day in enumerate(DAYS) if i % 7 not in (3, 4)]
    (note,) = series_of(series_table([day for day in working if day != "2020-01-07"]), "t").notes
    assert note == "steps of 1 day (Mon to Fri): 1 missing, such as 2020-01-07, are taken as holidays"
    months = pl.date_range(date(2020, 1, 1), date(2020, 9, 1), eager=True)
    long = [day for day in months if day.weekday() < 5 and not date(2020, 2, 3) <= day <= date(2020, 2, 12)]
    with pytest.raises(DataError, match=r"from 2020-01-31.* to 2020-02-13.*usual step is 1 day \(Mon to Fri\)"):
        series_of(series_table(long), "t")


def test_a_series_with_the_latest_row_first():
    series = series_of(series_table(DAYS[::-1]), "t")
    assert series.values[:, 0].tolist() == list(range(23, -1, -1))
    assert series.notes == ("the latest row comes first: taken from the earliest",)
