"""Series of hours at which a market is open: no gap where it is closed, and forecasts go on when it opens again."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from pellucid import DataError, Reading, Table, dataset_from_series
from pellucid.data.series.columns import SeriesColumns
from pellucid.data.series.files import all_series_of
from pellucid.data.series.sessions import SessionStep
from pellucid.data.series.steps import ClockStep

WORKING = [day for day in np.datetime64("2024-01-01") + np.arange(60) if np.is_busday(day)]
HOUR = np.timedelta64(1, "h")


def bars(days, first=9.5, count=7, step=HOUR):
    """So many times of each day, from the ``first`` hour on."""
    start = np.timedelta64(int(first * 60), "m")
    return np.concatenate([day.astype("datetime64[us]") + start + step * np.arange(count) for day in days])


def table_of(times, **more):
    frame = pl.DataFrame({"t": [str(time) for time in times], "y": np.arange(len(times)) * 1.0, **more})
    return Table(frame, "t.csv", np.arange(len(times)) + 2, "line")


def series_of(times, **more):
    return all_series_of(table_of(times), SeriesColumns("t", **more))[0]


SUNDAYS = np.datetime64("2024-01-07") + 7 * np.arange(4)


@pytest.mark.parametrize(
    ("times", "said", "after"),
    [
        (bars(WORKING[:3]), "1 hour (Mon to Fri 09:30 to 15:30)", "2024-01-04T09:30"),
        (bars(WORKING[:5]), "1 hour (Mon to Fri 09:30 to 15:30)", "2024-01-08T09:30"),
        (bars(WORKING), "1 hour (Mon to Fri 09:30 to 15:30)", "2024-03-01T09:30"),
        (bars(WORKING)[:-3], "1 hour (Mon to Fri 09:30 to 15:30)", "2024-02-29T13:30"),
        (bars(WORKING, 9, 390, np.timedelta64(1, "m")), "1 minute (Mon to Fri 09:00 to 15:29)", "2024-03-01T09:00"),
        (
            np.sort(np.concatenate([bars(WORKING, 9, 3), bars(WORKING, 12.5, 3)])),
            "1 hour (Mon to Fri 09:00 to 11:00 and 12:30 to 14:30)",
            "2024-03-01T09:00",
        ),
        (bars(SUNDAYS, 22, 120), "1 hour (Sun 22:00 to Fri 21:00)", "2024-02-04T22:00"),
        (bars(WORKING, 0, 24), "1 hour (Mon 00:00 to Fri 23:00)", "2024-03-01T00:00"),
    ],
)
def test_sessions_are_recognised_and_forecasts_go_on_in_the_next(times, said, after):
    series = series_of(times)
    assert str(series.step) == said
    assert f"steps of {said}" in series.notes
    assert series.step.following(times[-1], 3)[0] == np.datetime64(after)
    np.testing.assert_array_equal(series.step.following(times[5], 14), times[6:20])
    np.testing.assert_array_equal(series.step.between(times), 1)


def test_holidays_and_early_ends_are_said_and_gaps_within_a_session_are_refused():
    times = bars(np.delete(WORKING, 10))
    times = np.delete(times, slice(5 * 7 + 4, 6 * 7))
    assert series_of(times).notes == (
        "steps of 1 hour (Mon to Fri 09:30 to 15:30): 10 missing, such as 2024-01-08T13:30, are taken as holidays and "
        "early ends of sessions",
    )
    with pytest.raises(DataError, match=r"line 73: 't' goes from .* but the usual step is 1 hour \(Mon to Fri 09:30"):
        series_of(np.delete(times, 71))
    filled = series_of(np.delete(times, 71), fill="previous")
    np.testing.assert_array_equal(filled.times, bars(WORKING))


@pytest.mark.parametrize("missing", [[30, 55], [100, 101, 102, 300], list(range(20, 30))])
def test_gaps_that_do_not_recur_are_no_closing_hours(missing):
    hours = np.datetime64("2024-01-01", "us") + HOUR * np.arange(600)
    with pytest.raises(DataError, match="the usual step is 1 hour "):
        series_of(np.delete(hours, missing))
    assert series_of(np.delete(hours, missing), fill="linear").step == ClockStep(3_600_000_000)


def test_a_run_forecasts_into_the_next_session_from_a_short_table():
    times = bars(WORKING)
    columns = SeriesColumns("t")
    data = dataset_from_series(all_series_of(table_of(times), columns), window=6, horizon=9, columns=columns)
    preparation = type(data.preprocessing).from_dict(data.preprocessing.to_dict())
    assert isinstance(preparation.step, SessionStep)
    assert preparation == data.preprocessing
    inputs = preparation.prepare(table_of(bars(WORKING[9:11])).frame, Reading())  # Friday and Monday
    assert inputs.places[:2] + inputs.places[7:] == (
        "2024-01-16T09:30:00.000000",
        "2024-01-16T10:30:00.000000",
        "2024-01-17T09:30:00.000000",
        "2024-01-17T10:30:00.000000",
    )
