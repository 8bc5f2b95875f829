from __future__ import annotations

from datetime import date, datetime

import numpy as np
import polars as pl
import pytest

from pellucid.data import Preprocessing, Table
from pellucid.data.tables.dates import clock_times, fit_dates, with_parts
from pellucid.errors import ConfigError, DataError
from pellucid.jobs.data import load_data
from pellucid.jobs.gather import gather_settings


def table_of(cells, **more):
    frame = pl.DataFrame({"day": cells, **more})
    return Table(frame, "t.csv", np.arange(len(frame)) + 2, "line")


@pytest.mark.parametrize(
    ("cell", "pattern", "wanted"),
    [
        ("2020-01-31", "%Y-%m-%d", datetime(2020, 1, 31)),
        ("2020/1/3 5:07", "%Y-%m-%d", datetime(2020, 1, 3, 5, 7)),
        ("2020-01-31T23:59:01.5Z", "%Y-%m-%d", datetime(2020, 1, 31, 23, 59, 1, 500000)),
        ("1949-05", "%Y-%m-%d", datetime(1949, 5, 1)),
        ("31.12.1999", "%d/%m/%Y", datetime(1999, 12, 31)),
        ("12/31/99", "%m/%d/%y", datetime(1999, 12, 31)),
        ("1/2/20 3:00 PM", "%m/%d/%Y", datetime(2020, 1, 2, 15)),
        ("31 Jan 2020", "%d.%m.%Y", datetime(2020, 1, 31)),
        ("2020-02-30", "%Y-%m-%d", None),
        ("13/13/2020", "%d/%m/%Y", None),
        ("12/31/2020", "%d/%m/%Y", None),
        ("2020-01-31", "%d/%m/%Y", None),
    ],
)
def test_dates_of_one_order_of_parts_are_read_in_any_form(cell, pattern, wanted):
    assert clock_times(pl.Series([cell, None]), pattern).to_list() == [wanted, None]


def test_the_order_that_fits_all_rows_is_taken():
    (dates,), _, notes = fit_dates(table_of(["01/02/2020", "01/13/2020"]), np.arange(2))
    assert (dates.pattern, dates.parts) == ("%m/%d/%Y", ("day", "weekday", "days"))
    assert notes == ("dates become numbers (day, weekday, days): day",)
    (dates,), _, notes = fit_dates(table_of(["1.2.2020", "3.4.2020"]), np.arange(2))
    assert dates.pattern == "%-d.%-m.%Y"
    assert notes[1] == (
        "'day' can be read day first and month first (1.2.2020): day first was taken; dates = 'month-first' takes the "
        "other"
    )


@pytest.mark.parametrize(
    ("dates", "cells", "month"),
    [
        ("day-first", ["01/02/2020", "03/04/2020"], [2, 4]),
        ("month-first", ["1.2.2020", "3.4.2020"], [1, 3]),
        ("%y%m%d", ["200131", "200229"], [1, 2]),
        ("auto", ["31 Jan 2020", "29 Feb 2020"], [1, 2]),
        ("auto", ["2020-01-31", "2020/02/29"], [1, 2]),
        ("auto", ["2020-Q2", "2020-Q4"], [4, 10]),
    ],
)
def test_dates_are_read_as_the_option_says_and_in_the_forms_that_series_know(dates, cells, month):
    table = table_of(cells).with_dates(dates)
    found, *_ = fit_dates(table, np.arange(2))
    assert with_parts(table, found).frame["day.month"].to_list() == month


def test_words_that_are_no_dates_stay_words():
    for cells in (["May", "June"], ["abc 2020", "def 2021"], ["A-12", "B-13"]):
        assert fit_dates(table_of(cells), np.arange(2)) == ((), {}, ())
    with pytest.raises(ConfigError, match="dates is one of auto, day-first"):
        table_of(["2020-01-01"]).with_dates("monday")


def test_parts_stand_where_the_dates_stood():
    table = table_of([date(2020, 1, 1), date(2021, 3, 2), None], x=[1, 2, 3])
    dates, of_no_use, _ = fit_dates(table, np.arange(3))
    frame = with_parts(table, dates).frame
    assert frame.columns == [*(f"day.{part}" for part in ("year", "month", "day", "weekday", "days")), "x"]
    assert frame["day.days"].to_list() == [0.0, 426.0, None]
    assert frame["day.weekday"].to_list() == [3.0, 2.0, None]
    assert of_no_use == {}


def test_dates_that_are_of_no_use_and_a_later_word_are_named():
    assert fit_dates(table_of(["2020-01-01"] * 3), np.arange(3))[1] == {"day": "one value only"}
    unreadable = fit_dates(table_of(["2020-01-01", "2020-02-30"]), np.arange(2))[1]
    assert unreadable == {"day": "dates, of which '2020-02-30' cannot be read"}
    dates, *_ = fit_dates(table_of(["2020-01-01", "2020-01-03"]), np.arange(2))
    with pytest.raises(DataError, match=r"t.csv, line 3: column 'day' holds dates, %Y-%m-%d, but here it is 'soon'"):
        with_parts(table_of(["2020-01-01", "soon"]), dates)
    with pytest.raises(DataError, match=r"'day.day' is a column and a part of the dates 'day'"):
        fit_dates(
            Table(
                table_of(["2020-01-01", "2020-01-03"]).frame.with_columns(pl.lit(1).alias("day.day")), "t", np.arange(2)
            ),
            np.arange(2),
        )


def test_a_preparation_with_dates_is_stored_and_read_back():
    days = [f"2020-{month:02d}-{day:02d}" for month in (1, 2, 3) for day in (1, 5, 9)]
    table = Table(table_of(days, y=[f"{n}.5" for n in range(9)]).frame, "t.csv", np.arange(9), target="y")
    fitted = Preprocessing.fit(table, "regression")
    assert fitted.columns == ("day",)
    assert fitted.features == ("day.month", "day.day", "day.weekday", "day.days")
    again = Preprocessing.from_dict(fitted.to_dict())
    assert again == fitted
    np.testing.assert_array_equal(again.transform(table)[0], fitted.transform(table)[0])


def test_the_option_reaches_tables(tmp_path):
    rows = [f"{1 + i % 12}/{1 + i % 11}/2020,{i}.5" for i in range(40)]
    (tmp_path / "t.csv").write_text("\n".join(["day,y", *rows]))
    orders = {
        dates: load_data(gather_settings(None, {"data": str(tmp_path / "t.csv"), "dates": dates}))
        .preprocessing.dates[0]
        .pattern
        for dates in ("auto", "day-first")
    }
    assert orders == {"auto": "%-m/%-d/%Y", "day-first": "%-d/%-m/%Y"}
