from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from pellucid.data.files.date_patterns import date_patterns, note_order
from pellucid.data.files.dates import read_dates, write_date
from pellucid.errors import ConfigError


@pytest.mark.parametrize(
    ("texts", "pattern", "first"),
    [
        (["2020-01-31", "2020-02-29"], "%Y-%m-%d", "2020-01-31T00:00"),
        (["07/01/1900", "07/01/1901"], "%m/%d/%Y", "1900-07-01T00:00"),
        (["13/01/1900", "07/02/1901"], "%d/%m/%Y", "1900-01-13T00:00"),
        (["1/13/2020", "2/1/2020"], "%-m/%-d/%Y", "2020-01-13T00:00"),
        (["01.02.2020 13:00", "12.02.2020 14:00"], "%d.%m.%Y %H:%M", "2020-02-01T13:00"),
        (["01/02/2020 1:05 PM", "01/02/2020 12:05 AM"], "%m/%d/%Y %-I:%M %p", "2020-01-02T13:05"),
        (["2020-01", "2020-12"], "%Y-%m", "2020-01-01T00:00"),
        (["2020-Q4", "2021-Q1"], "%Y-Q%q", "2020-10-01T00:00"),
        (["Q2 2020"], "Q%q %Y", "2020-04-01T00:00"),
        (["2020-W53", "2021-W01"], "%G-W%V", "2020-12-28T00:00"),
        (["May 2020", "September 2020"], "%B %Y", "2020-05-01T00:00"),
        (["Jan-68", "Feb-68"], "%b-%y", "2068-01-01T00:00"),
        (["Jan-69", "Feb-69"], "%b-%y", "1969-01-01T00:00"),
        (["20200131", "20200201"], "%Y%m%d", "2020-01-31T00:00"),
        (["2020-01-31T00:00:00Z"], "%Y-%m-%dT%H:%M:%SZ", "2020-01-31T00:00"),
        (["2020-03-29 01:00+01:00", "2020-03-29 03:00+02:00"], "%Y-%m-%d %H:%M%:z", "2020-03-29T00:00"),
        (["2020-03-29 01:00:00.125", "2020-03-29 01:00:00.250"], "%Y-%m-%d %H:%M:%S.%3f", "2020-03-29T01:00:00.125"),
    ],
)
def test_the_pattern_that_fits_all_rows_reads_them_and_writes_them_again(texts, pattern, first):
    column = pl.Series(texts)
    assert date_patterns(column)[0] == pattern
    dates = read_dates(column, pattern)
    assert dates.utc[0] == np.datetime64(first)
    offsets = [None] * len(texts) if dates.offset is None else dates.offset
    assert [write_date(*parts) for parts in zip(dates.local, [pattern] * len(texts), offsets, strict=True)] == texts


def test_times_of_day_that_are_left_out_are_midnight():
    column = pl.Series(["2020-01-01", "2020-01-01 06:00", "2020-01-01 12:00:00.5", None])
    (pattern,) = date_patterns(column)
    assert read_dates(column, pattern).local.astype("datetime64[ms]").astype(str).tolist() == [
        "2020-01-01T00:00:00.000",
        "2020-01-01T06:00:00.000",
        "2020-01-01T12:00:00.500",
        "NaT",
    ]


@pytest.mark.parametrize(
    "texts", [["2020-02-30"], ["2021-W53"], ["13/13/2020"], ["never"], [None], ["2020-01-01 24:00"]]
)
def test_what_is_no_date(texts):
    assert date_patterns(pl.Series(texts, dtype=pl.String)) == ()


def test_the_order_of_day_and_month_can_be_said():
    column = pl.Series(["01/02/2020", "02/03/2020"])
    both = date_patterns(column)
    assert both == ("%m/%d/%Y", "%d/%m/%Y")
    assert date_patterns(column, "day-first") == ("%d/%m/%Y",)
    assert date_patterns(column, "month-first") == ("%m/%d/%Y",)
    assert date_patterns(column, "%d/%m/%Y") == ("%d/%m/%Y",)
    assert date_patterns(pl.Series(["2020-01-01"]), "day-first") == ("%Y-%m-%d",)
    (note,) = note_order("day", "01/02/2020", both, both[0])
    assert "month first was taken; dates = 'day-first' takes the other" in note
    assert note_order("day", "13/02/2020", both[1:], both[1]) == ()
    with pytest.raises(ConfigError, match="day-first, month-first, or a pattern such as"):
        date_patterns(column, "american")
