"""Several series in one table, variables of every kind, inputs known ahead of time, gaps filled."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pellucid import DataError, Reading, Series, SeriesPreparation, Table, dataset_from_series
from pellucid.data.series.calendar import calendar_parts, with_calendar
from pellucid.data.series.columns import SeriesColumns
from pellucid.data.series.files import all_series_of
from pellucid.data.series.gaps import fill_cells
from pellucid.data.series.sessions import SessionStep
from pellucid.data.series.step import DAY
from pellucid.data.series.steps import ClockStep, MonthStep, NumberStep, WeekdayStep
from pellucid.data.series.windows import windows_with_future
from pellucid.errors import ConfigError, UnknownNameError


def table(**columns):
    frame = pl.DataFrame(columns, strict=False)
    return Table(frame, "t.csv", np.arange(2, 2 + len(frame)), "line")


def days(count, start="2024-01-01"):
    return [str(day) for day in np.datetime64(start) + np.arange(count)]


def test_windows_never_reach_from_one_series_into_another():
    both = table(t=days(20) * 2, store=["a"] * 20 + ["b"] * 20, y=[*range(20), *range(100, 120)])
    columns = SeriesColumns("t", id="store")
    a, b = all_series_of(both, columns)
    assert (a.id, b.id, a.values[-1, 0], b.values[0, 0]) == ("a", "b", 19, 100)
    data = dataset_from_series([a, b], window=3, horizon=1, columns=columns)
    assert len(data.train) == 2 * (14 - 3)
    target = data.preprocessing.target
    x = data.train.x[:, :, 0] * target.scaling.scale[0] + target.scaling.mean[0]
    np.testing.assert_allclose(np.diff(x, axis=1), 1, rtol=1e-5)
    inputs = data.preprocessing.prepare(both.frame, Reading())
    assert inputs.x.shape == (2, 3, 1)
    assert (inputs.beside, inputs.places) == ({"store": ("a", "b")}, ("2024-01-21", "2024-01-21"))


def test_each_series_is_scaled_by_itself_on_request():
    wave = np.sin(np.arange(60.0))
    small, large = 5 + wave / 100, 1e6 + 1000 * wave
    both = table(t=days(60) * 2, store=["a"] * 60 + ["b"] * 60, y=np.concatenate([small, large]), z=np.tile(wave, 2))
    columns = SeriesColumns("t", id="store", targets=("y",))
    found = all_series_of(both, columns)
    how = {"window": 4, "horizon": 2, "targets": ["y"], "columns": columns}
    notes = " ".join(dataset_from_series(found, **how).notes)
    assert "targets vary up to 100,000 times as much in one as in another: scaling = 'each' may help" in notes
    data = dataset_from_series(found, scaling="each", **how)
    assert "the targets of each series scaled by its own training rows, and one network" in data.notes
    a, b = np.split(data.train.x, 2)
    np.testing.assert_allclose(a, b, atol=1e-3)
    np.testing.assert_allclose(a[0, :, 0], (small[:4] - small[:42].mean()) / small[:42].std(), rtol=1e-4)
    preparation = SeriesPreparation.from_dict(data.preprocessing.to_dict())
    assert preparation == data.preprocessing
    with pytest.raises(DataError, match="each series is scaled by itself: give decode the scaling"):
        preparation.target.decode(data.train.y)
    scalings = [preparation.scaling_of(found[1])] * len(b)
    np.testing.assert_allclose(preparation.target.decode(np.split(data.train.y, 2)[1], scalings)[0, :, 0], large[4:6])
    later = np.concatenate([large + 5000, 3 * small])
    new = table(t=days(60) * 2, store=["b"] * 60 + ["new"] * 60, y=later, z=np.tile(wave, 2))
    inputs = preparation.prepare(new.frame, Reading())
    assert "not trained on, and scaled by the rows given: new" in inputs.notes
    known = (large[-4:] + 5000 - large[:42].mean()) / large[:42].std()
    np.testing.assert_allclose(inputs.x[0, :, 0], known, rtol=1e-4)
    np.testing.assert_allclose(inputs.x[1, :, 0], (wave[-4:] - wave.mean()) / wave.std(), rtol=1e-4)
    last = preparation.target.decode(inputs.x[:, -2:, :1], inputs.scalings)
    np.testing.assert_allclose(last[:, :, 0], [large[-2:] + 5000, 3 * small[-2:]], rtol=1e-6)
    with pytest.raises(ConfigError, match="scaling = 'each' is for several series"):
        dataset_from_series(Series("s", found[0].times, wave[:, None], ("y",)), window=4, horizon=2, scaling="each")


def test_a_series_too_short_is_named_and_the_others_are_used():
    rows = table(t=days(20) + days(4), store=["a"] * 20 + ["b"] * 4, y=list(range(24)))
    data = dataset_from_series(all_series_of(rows, SeriesColumns("t", id="store")), window=4, horizon=1)
    assert "too short to train on: b (3 rows)" in data.notes
    with pytest.raises(DataError, match="no series is long enough to train on, where a window of 30"):
        dataset_from_series(all_series_of(rows, SeriesColumns("t", id="store")), window=30, horizon=1)


def test_several_series_without_their_column_are_told_of_it():
    rows = table(t=days(5) * 2, store=["a"] * 5 + ["b"] * 5, y=list(range(10)))
    with pytest.raises(DataError, match=r"line 7: .*if these are 2 series, name the column .*: id = 'store'"):
        all_series_of(rows, SeriesColumns("t"))
    with pytest.raises(DataError, match=r"line 3: 'store', which says whose row it is, is missing"):
        all_series_of(table(t=days(2), store=["a", None], y=[1, 2]), SeriesColumns("t", id="store"))


def test_words_and_flags_are_inputs():
    rows = table(
        t=days(4),
        y=[1.0, 2.0, 3.0, 4.0],
        open=["True", "False", "TRUE", "true"],
        sky=["sun", "rain", "sun", "sun"],
        word=["a", "b", "c", "d"],
        month=[1, 1, 2, 2],
        empty=[None] * 4,
    )
    (series,) = all_series_of(rows, SeriesColumns("t", categorical=("month",)))
    assert series.variables == ("y", "open", "sky=sun", "sky=rain", "month=1", "month=2")
    assert series.values[1].tolist() == [2, 0, 0, 1, 1, 0]
    assert series.targets == ("y",)
    assert series.notes == ("left out (a different word in every row): word", "left out (nothing in it): empty")
    with pytest.raises(DataError, match="the target 'sky' holds words"):
        all_series_of(rows, SeriesColumns("t", targets=("sky",)))
    with pytest.raises(DataError, match="'word' cannot be used"):
        all_series_of(rows, SeriesColumns("t", variables=("word",)))
    (chosen,) = all_series_of(rows, SeriesColumns("t", targets=("open",), variables=("y",)))
    assert chosen.variables == ("y", "open")
    for wrong in (
        SeriesColumns("t", future=("promo",)),
        SeriesColumns("t", id="shop"),
        SeriesColumns("t", targets=("t",)),
    ):
        with pytest.raises(UnknownNameError):
            all_series_of(rows, wrong)


def test_new_words_are_no_category_and_are_said():
    rows = table(t=days(20), y=list(range(20)), sky=["sun", "rain"] * 10)
    data = dataset_from_series(all_series_of(rows, SeriesColumns("t")), window=2, horizon=1)
    assert SeriesPreparation.from_dict(data.preprocessing.to_dict()) == data.preprocessing
    new = table(t=days(3), y=[1, 2, 3], sky=["sun", "snow", "sun"])
    inputs = data.preprocessing.prepare(new, Reading())
    assert any("never seen in training" in note and "snow" in note for note in inputs.notes)


def test_what_is_known_ahead_goes_on_over_the_horizon():
    x, y = windows_with_future(np.arange(12.0).reshape(6, 2), 2, 2, 1, [1])
    assert x[0].tolist() == [[0, 1], [2, 3], [2, 5], [2, 7]]
    assert y[0].tolist() == [[4], [6]]
    sold = [float(i) for i in range(17)] + [None] * 3
    rows = table(t=days(20), sold=sold, promo=[i % 3 == 0 for i in range(20)], seen=[*range(17), None, None, None])
    columns = SeriesColumns("t", targets=("sold",), future=("promo",))
    (series,) = all_series_of(rows, columns)
    assert (len(series), series.future, series.ahead.tolist()) == (17, ("promo",), [[0], [1], [0]])
    assert series.notes == ("rows at the end without sold: 3, to be forecast",)
    data = dataset_from_series(series, window=3, horizon=2, columns=columns)
    assert data.train.x.shape[1:] == (5, 3)
    assert data.layout.steps == 5
    inputs = data.preprocessing.prepare(rows, Reading())
    assert inputs.places == ("2024-01-18", "2024-01-19")
    promo = inputs.x[0, :, 1] * data.preprocessing.scaling.scale[1] + data.preprocessing.scaling.mean[1]
    np.testing.assert_allclose(promo, [0, 1, 0, 0, 1], atol=1e-6)
    assert inputs.x[0, 2:, 0].tolist() == [inputs.x[0, 2, 0]] * 3
    with pytest.raises(DataError, match="of the 2 steps to forecast 1 have values of promo: add rows with these"):
        data.preprocessing.prepare(rows.frame[:18], Reading())
    with pytest.raises(DataError, match="'sold' is a target, and so not known"):
        all_series_of(rows, SeriesColumns("t", targets=("sold",), future=("sold",)))


def test_the_calendar_is_known_without_rows():
    (series,) = all_series_of(table(t=days(30), y=list(range(30))), SeriesColumns("t"))
    data = dataset_from_series(series, window=5, horizon=2, calendar=True)
    assert data.preprocessing.calendar == ("weekday", "month")
    latest = data.preprocessing.latest(series)
    assert latest.shape == (1, 7, 5)
    later = with_calendar(
        all_series_of(table(t=days(32), y=list(range(32))), SeriesColumns("t"))[0], ("weekday", "month")
    )
    np.testing.assert_array_equal(latest[0, :, 1:], data.preprocessing.transform(later)[-7:, 1:])
    by_hand = with_calendar(series, ("weekday",)).values[:, 1]  # 2024-01-01 is a Monday
    np.testing.assert_allclose(by_hand[:7], np.sin(2 * np.pi * np.arange(7) / 7), atol=1e-12)
    with pytest.raises(ConfigError, match=r"the times of t\.csv are numbers"):
        dataset_from_series(
            all_series_of(table(t=[1, 2, 3], y=[1, 2, 3]), SeriesColumns("t")), window=1, horizon=1, calendar=True
        )


@pytest.mark.parametrize(
    ("step", "parts"),
    [
        (ClockStep(3_600_000_000), ("hour", "weekday", "month")),
        (ClockStep(7 * 86_400_000_000), ("month",)),
        (MonthStep(3, 31), ("month",)),
        (WeekdayStep((0, 1, 2, 3, 4)), ("weekday", "month")),
        (SessionStep(3_600_000_000, ((0, 9), (DAY, 9))), ("hour", "weekday", "month")),
    ],
)
def test_the_calendar_has_what_steps_move_through(step, parts):
    times = np.array(["2024-01-31", "2024-02-29"], "datetime64[us]")
    assert calendar_parts(Series("s", times, np.zeros((2, 1)), ("a",), step=step)) == parts


def test_gaps_are_filled_on_request_and_counted():
    rows = table(t=["2024-01-01", "2024-01-02", "2024-01-05"], y=[1.0, None, 4.0], sky=["sun", "sun", "rain"])
    (series,) = all_series_of(rows, SeriesColumns("t", fill="linear"))
    assert series.values.tolist() == [[1, 1, 0], [1.75, 1, 0], [2.5, 1, 0], [3.25, 1, 0], [4, 0, 1]]
    assert series.notes == ("gaps filled (linear): 2 steps without a row", "missing values filled (linear): y (1)")
    (series,) = all_series_of(rows, SeriesColumns("t", fill="previous"))
    assert series.values[:, 0].tolist() == [1, 1, 1, 1, 4]
    with pytest.raises(
        DataError, match=r"line 4: 't' goes from .* usual step is 1 day .*fill = 'previous' or 'linear'"
    ):
        all_series_of(rows, SeriesColumns("t"))
    with pytest.raises(DataError, match="it is on no step"):
        all_series_of(
            table(t=["2024-01-01", "2024-01-02", "2024-01-03 05:00", "2024-01-04"], y=[1, 2, 3, 4]),
            SeriesColumns("t", fill="linear"),
        )
    cells = np.array([[np.nan, np.nan], [1, np.nan], [np.nan, np.nan]])
    np.testing.assert_array_equal(fill_cells(cells, "previous", np.array([True, True])), [[1, np.nan]] * 3)


def test_steps_that_are_not_those_of_training_are_remarked_on():
    hours = [f"2024-01-{1 + i // 24:02} {i % 24:02}:00" for i in range(48)]
    data = dataset_from_series(
        all_series_of(table(t=hours, y=list(range(48))), SeriesColumns("t")), window=2, horizon=1
    )
    notes = data.preprocessing.prepare(table(t=days(5), y=list(range(5))), Reading()).notes
    assert notes[-1].startswith("t.csv has steps of 1 day, but the network was trained on steps of 1 hour")
    assert data.preprocessing.prepare(table(t=hours[:5], y=list(range(5))), Reading()).notes == ()


def test_preparations_of_earlier_versions_are_read():
    data = dataset_from_series(
        all_series_of(table(t=days(20), y=list(range(20))), SeriesColumns("t")), window=2, horizon=1
    )
    stored = {
        name: value
        for name, value in data.preprocessing.to_dict().items()
        if name in ("kind", "scaling", "target", "window", "time", "notes")
    }
    old = SeriesPreparation.from_dict(stored)
    assert old.step is None
    assert old.prepare(table(t=days(5), y=list(range(5))), Reading()).places == ("2024-01-06",)


STEPS = (
    (NumberStep(0.25), 10.0),
    (ClockStep(250_000), "2024-01-01"),
    (ClockStep(900_000_000), "2024-01-01T10:00"),
    (ClockStep(86_400_000_000), "2024-02-26"),
    (ClockStep(7 * 86_400_000_000), "2024-02-26"),
    (MonthStep(1, 31), "2023-12-31"),
    (MonthStep(1, 15), "2023-12-15"),
    (MonthStep(3, 31), "2023-12-31"),
    (MonthStep(12, 1), "2023-12-01"),
    (MonthStep(1, "last"), "2023-12-29"),
    (MonthStep(1, "first"), "2023-12-01"),
    (WeekdayStep((0, 1, 2, 3, 4)), "2024-01-01"),
    (WeekdayStep((0, 1, 2, 3, 6)), "2024-01-01"),
    (WeekdayStep((0, 1, 2, 3, 4, 5)), "2024-01-01"),
    (SessionStep(3_600_000_000, tuple((day * DAY + 9 * 3_600_000_000, 7) for day in range(5))), "2024-01-04T09:00"),
)


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(STEPS),
    st.lists(st.integers(1, 60), min_size=1, max_size=4),
    st.integers(1, 5),
    st.integers(1, 3),
    st.integers(0, 3),
)
def test_every_row_is_trained_on_or_named_and_forecasts_go_on_in_the_series_own_steps(
    kind, lengths, window, horizon, waiting
):
    step, start = kind
    origin = start if isinstance(start, float) else np.datetime64(start, "us")
    lengths = [40, *lengths]
    grid = np.concatenate([[origin], step.following(origin, 70)])
    text = [f"{time:.10g}" if isinstance(start, float) else str(time) for time in grid]
    rows = [(text[i], f"s{k}", float(i) if i < n else None) for k, n in enumerate(lengths) for i in range(n + waiting)]
    times, whose, values = zip(*rows, strict=True)
    columns = SeriesColumns("t", id="id")
    found = all_series_of(table(t=times, id=whose, y=values), columns)
    assert [len(series) for series in found] == lengths
    for series in found:
        np.testing.assert_array_equal(series.following(horizon), series.form.write(grid[len(series) :][:horizon]))
    data = dataset_from_series(found, window=window, horizon=horizon, columns=columns)
    named = " ".join(data.notes)
    assert (f"{waiting:,}, to be forecast" in named) == (waiting > 0)
    seen = data.preprocessing.target.decode(
        np.concatenate([part.y for part in (data.train, data.validation, data.test)])
    )
    short = named.count("too short to")
    assert short or set(np.round(seen.ravel()).astype(int)) >= set(range(window, 40))
    for k, n in enumerate(lengths):
        parts = np.diff([0, *(round(share * n) for share in np.cumsum((0.7, 0.15, 0.15)))])
        past = 0
        for rows_of_part in parts:
            if min(past, window) + rows_of_part < window + horizon:
                assert f"s{k} ({rows_of_part} rows)" in named or "more" in named
            past += rows_of_part
