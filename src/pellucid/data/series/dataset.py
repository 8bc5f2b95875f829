"""The data set of one series or several: windows of the past, and what came after each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, Literal

import numpy as np

from pellucid.data.base.dataset import Dataset, Split
from pellucid.data.base.splits import FRACTIONS
from pellucid.data.base.targets import SeriesTarget
from pellucid.data.messages import name_some
from pellucid.data.preparation.scaling import Scaling
from pellucid.data.series.calendar import calendar_parts, with_calendar
from pellucid.data.series.columns import SeriesColumns
from pellucid.data.series.notes import gather_notes
from pellucid.data.series.preparation import SeriesPreparation, fit_targets, require_length
from pellucid.data.series.series import Series
from pellucid.data.series.windows import windows, windows_with_future
from pellucid.errors import ConfigError, DataError, UnknownNameError

PARTS = ("train", "validate", "test")
SCALINGS = ("all", "each")

FAR_APART = 10.0
"""Where targets of one series vary so many times as much as those of another, they hardly learn by one scaling."""


def dataset_from_series(
    series: Series | Sequence[Series],
    *,
    window: int,
    horizon: int,
    targets: Sequence[str] | None = None,
    ends: Sequence[int] | None = None,
    fractions: Sequence[float] = FRACTIONS,
    calendar: bool = False,
    columns: SeriesColumns | None = None,
    scaling: Literal["all", "each"] = "all",
) -> Dataset:
    """The windows of series in training, validation and test part, every variable scaled by the training rows.

    Each part is later than the one before it. A row to forecast belongs to one part only; the window in front of it may
    reach into the part before, which is the past by then. Of several series each has its own parts, no window reaches
    from one into another, and one scaling, by the training rows of all, serves them all.

    Args:
        series: values at equal steps of time; or several series of the same variables.
        window: steps of the past that a network sees.
        horizon: steps behind them to forecast.
        targets: the variables to forecast; None takes all that can be.
        ends: the rows where the three parts end; None shares all rows out by ``fractions``.
        fractions: of the rows, for training, validation and test.
        calendar: whether the hour, the day of the week and the time of the year are variables too.
        columns: how the table of the series was read, for later tables.
        scaling: "all" scales all series by the training rows of all, "each" the targets of each by its own.

    Returns:
        The data set; x is float32, (B, window, variables), the targets first, y (B, horizon, targets). Where variables
        are known ahead of time x is (B, window + horizon, variables): see ``windows_with_future``.

    Raises:
        UnknownNameError: for a variable that is not there.
        DataError: for a part shorter than window and horizon; of several series where none is long enough.
        ConfigError: for sizes below 1, for ``ends`` out of order, for a calendar without dates, and for series without
            ids that each have their own scaling.
    """
    all_series = [series] if isinstance(series, Series) else list(series)
    first = all_series[0]
    chosen = _choose_targets(first, targets, scaling)
    parts_of_calendar = calendar_parts(first) if calendar else ()
    done = gather_notes(all_series)
    all_series = [with_calendar(one, parts_of_calendar) for one in all_series]
    stops = [_ends(one, ends, fractions) for one in all_series]
    order, training = _training_rows(all_series, stops, chosen)
    shared = Scaling.fit(order, training)
    read_by = columns or SeriesColumns(first.time)
    preparation = SeriesPreparation(
        shared,
        SeriesTarget(horizon, shared.first(len(chosen)), each=scaling == "each"),
        window,
        first.time,
        step=first.step,
        id=read_by.id,
        future=_future_columns(first),
        categories=first.categories,
        calendar=parts_of_calendar,
        dates=read_by.dates,
        zone=read_by.zone,
        fill=read_by.fill,
    )
    if scaling == "each":
        preparation = replace(preparation, each=_scale_each(all_series, stops, preparation))
    parts, short = _share_out(all_series, stops, preparation)
    notes = (
        *done,
        *_note_windows(all_series, preparation, parts, short),
        *_note_scaling(all_series, stops, preparation),
        *_note_variables(preparation, training),
    )
    train, validation, test = parts
    return Dataset(first.name, train, validation, test, preparation, notes)


def _are_several(all_series: Sequence[Series]) -> bool:
    """Whether series are told apart: several, or one with an id."""
    return len(all_series) > 1 or all_series[0].id is not None


def _choose_targets(first: Series, targets: Sequence[str] | None, scaling: str) -> tuple[str, ...]:
    """The variables to forecast. Raises UnknownNameError, ConfigError for a choice that cannot be."""
    if scaling not in SCALINGS:
        raise UnknownNameError("scaling", scaling, SCALINGS)
    if scaling == "each" and first.id is None:
        raise ConfigError("scaling = 'each' is for several series: name the column that tells them apart by id")
    chosen = first.targets if targets is None else tuple(targets)
    for name in chosen:
        if name not in first.variables:
            raise UnknownNameError(f"variable of {first.name}", name, first.variables)
    return chosen


def _training_rows(
    all_series: Sequence[Series], stops: Sequence[Sequence[int]], chosen: tuple[str, ...]
) -> tuple[tuple[str, ...], np.ndarray]:
    """The variables, the ``chosen`` first, and their values in the training rows of all series."""
    variables = all_series[0].variables
    order = (*chosen, *(name for name in variables if name not in chosen))
    places = [variables.index(name) for name in order]
    training = np.concatenate([one.values[: stop[0], places] for one, stop in zip(all_series, stops, strict=True)])
    if not len(training):
        raise DataError(f"{all_series[0].name} has too few rows for a training part: give more rows")
    return order, training


def _scale_each(
    all_series: Sequence[Series], stops: Sequence[Sequence[int]], preparation: SeriesPreparation
) -> tuple[tuple[str, Scaling], ...]:
    """The scaling of the targets of each series by its own training rows, where it has some."""
    return tuple(
        (str(one.id), fit_targets(one.values[: stop[0], preparation.places(one)], preparation.target))
        for one, stop in zip(all_series, stops, strict=True)
        if stop[0]
    )


def _note_scaling(
    all_series: Sequence[Series], stops: Sequence[Sequence[int]], preparation: SeriesPreparation
) -> tuple[str, ...]:
    """How several series are scaled, and a remark where one scaling for all makes some of them very small."""
    if not _are_several(all_series):
        return ()
    if preparation.each:
        return ("the targets of each series scaled by its own training rows, and one network",)
    places = preparation.places(all_series[0])[: len(preparation.target.names)]
    trained = (one.values[: stop[0], places] for one, stop in zip(all_series, stops, strict=True) if stop[0])
    spread = np.stack([values.std(axis=0) for values in trained])
    least = np.where(spread > 0, spread, np.inf).min(axis=0)
    most = float((spread.max(axis=0) / least).max())
    advice = f"; targets vary up to {most:,.0f} times as much in one as in another: scaling = 'each' may help"
    return ("one scaling for all series, and one network" + (advice if most >= FAR_APART else ""),)


def _note_windows(
    all_series: Sequence[Series], preparation: SeriesPreparation, parts: Sequence[Split], short: Sequence[list[str]]
) -> Iterator[str]:
    """How many windows each part has, and which series are too short for it."""
    counted = ", ".join(f"{len(part):,} {name}" for part, name in zip(parts, PARTS, strict=True))
    which = f" of {len(all_series)} series" if _are_several(all_series) else ""
    yield f"windows of {preparation.window} steps{which}, {preparation.target.horizon} to forecast: {counted}"
    yield from (f"too short to {name} on: {name_some(ids, 5)}" for name, ids in zip(PARTS, short, strict=True) if ids)


def _note_variables(preparation: SeriesPreparation, training: np.ndarray) -> Iterator[str]:
    """Which variables are known ahead of time, and which are the same in all training rows."""
    order = preparation.scaling.names
    if preparation.known:
        yield f"known ahead of time: {', '.join(order[i] for i in preparation.known)}"
    if flat := [name for name, column in zip(order, training.T, strict=True) if column.min() == column.max()]:
        yield f"the same in all training rows, so only centred: {', '.join(flat)}"


def _share_out(
    all_series: Sequence[Series], stops: Sequence[Sequence[int]], preparation: SeriesPreparation
) -> tuple[list[Split], list[list[str]]]:
    """The windows of each part, and of several series those too short for it. Raises DataError for no windows."""
    window, horizon, several = preparation.window, preparation.target.horizon, _are_several(all_series)
    pieces: list[list[tuple[np.ndarray, np.ndarray]]] = [[] for _ in PARTS]
    short: list[list[str]] = [[] for _ in PARTS]
    for series, stop in zip(all_series, stops, strict=True):
        values = preparation.transform(series)
        for k, (start, end) in enumerate(zip((0, *stop), stop, strict=False)):
            past = max(0, start - window)
            if several and end - past < window + horizon:
                short[k].append(f"{series.id} ({end - start:,} rows)")
                continue
            part = series.take(slice(past, end))
            require_length(part, window + horizon, f"a window of {window} and a horizon of {horizon}")
            pieces[k].append(_windows(preparation, values[past:end]))
    for name, windows_of_part in zip(PARTS, pieces, strict=True):
        if not windows_of_part:
            raise DataError(
                f"{all_series[0].name}: no series is long enough to {name} on, where a window of {window} and a "
                f"horizon of {horizon} need {window + horizon} rows: make them shorter, or give more rows"
            )
    return [Split(*map(_joined, zip(*part, strict=True))) for part in pieces], short


def _future_columns(series: Series) -> tuple[str, ...]:
    """The columns of the table that its variables known ahead of time come from."""
    sources = {feature: one.name for one in series.categories for feature in one.features}
    return tuple(dict.fromkeys(sources.get(name, name) for name in series.future))


def _windows(preparation: SeriesPreparation, values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    horizon, targets = preparation.output_shape
    if preparation.known:
        return windows_with_future(values, preparation.window, horizon, targets, preparation.known)
    return windows(values, preparation.window, horizon, targets)


def _joined(parts: Sequence[Any]) -> Any:
    """The windows of all series; those of a single one stay a view."""
    return parts[0] if len(parts) == 1 else np.concatenate(parts)


def _ends(series: Series, ends: Sequence[int] | None, fractions: Sequence[float]) -> tuple[int, ...]:
    if ends is None:
        shares = np.cumsum(fractions) / sum(fractions)
        return tuple(round(share * len(series)) for share in shares)
    if len(ends) != 3 or not 0 < ends[0] < ends[1] < ends[2] <= len(series):
        raise ConfigError(
            f"ends are three rows in order, at most {len(series)}, the length of {series.name}: not {ends}"
        )
    return tuple(ends)
