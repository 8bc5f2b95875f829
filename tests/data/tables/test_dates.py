from __future__ import annotations

from datetime import date, datetime

import numpy as np
import polars as pl
import pytest

from pellucid.data import Preprocessing, Table
from pellucid.data.tables.dates import fit_dates, read_dates, with_parts
from pellucid.errors import DataError


def table_of(cells, **more):
    frame = pl.DataFrame({"day": cells, **more})
    return Table(frame, "t.csv", np.arange(len(frame)) + 2, "line")


@pytest.mark.parametrize(
    ("cell", "order", "wanted"),
    [
        ("2020-01-31", "year first", datetime(2020, 1, 31)),
        ("2020/1/3 5:07", "year first", datetime(2020, 1, 3, 5, 7)),
        ("2020-01-31T23:59:01.5Z", "year first", datetime(2020, 1, 31, 23, 59, 1, 500000)),
        ("1949-05", "year first", datetime(1949, 5, 1)),
        ("31.12.1999", "day first", datetime(1999, 12, 31)),
        ("12/31/99", "month first", datetime(1999, 12, 31)),
        ("1/2/20 3:00 PM", "month first", datetime(2020, 1, 2, 15)),
        ("2020-02-30", "year first", None),
        ("13/13/2020", "day first", None),
    ],
)
def test_dates_as_people_write_them(cell, order, wanted):
    assert read_dates(pl.Series([cell, None]), order).to_list() == [wanted, None]


def test_the_order_that_fits_all_rows_is_taken():
    (dates,), _, notes = fit_dates(table_of(["01/02/2020", "01/13/2020"]), np.arange(2))
    assert (dates.order, dates.parts) == ("month first", ("month", "day", "weekday", "days")[1:])
    assert notes == [("dates become numbers (day, weekday, days)", "day")]
    (dates,), _, notes = fit_dates(table_of(["01/02/2020", "03/04/2020"]), np.arange(2))
    assert dates.order == "day first"
    assert notes[1] == ("dates that read well with the month first, too; the day is taken first", "day")


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
    with pytest.raises(DataError, match=r"t.csv, line 3: column 'day' holds dates, year first, but here it is 'soon'"):
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
