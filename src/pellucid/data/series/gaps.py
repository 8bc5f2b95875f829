"""Times that do not follow each other, and cells that are missing: named, or filled in on request."""

from __future__ import annotations

from typing import Literal, NoReturn

import numpy as np

from pellucid.data.series.sessions import SessionStep
from pellucid.data.series.steps import AnyStep
from pellucid.data.tables.table import Table
from pellucid.errors import DataError

Fill = Literal["previous", "linear"]

FILLING = "fill = 'previous' or 'linear'"


def check_order(table: Table, name: str, rows: np.ndarray, times: np.ndarray, id_column: str | None) -> None:
    """Raise DataError unless ``times`` go up: those of the ``rows`` of one series."""
    for place in np.flatnonzero(times[1:] <= times[:-1])[:1] + 1:
        again = times[place] == times[place - 1]
        what = "again" if again else f"after {times[place - 1]}"
        todo = "keep one row for each time" if again else "sort the rows by time"
        if id_column is None:
            todo += _find_cause(table, name, times)
        raise DataError(f"{table.at(rows[place])}: {name!r} is {times[place]} {what}: {todo}")


def _find_cause(table: Table, name: str, times: np.ndarray) -> str:
    """What else may be meant by times that do not go up: rows of several series, clocks set back."""
    for column in table.columns:
        series = table.frame[column].n_unique()
        if (
            column != name
            and 1 < series <= len(table) // 2
            and table.frame.select(name, column).n_unique() == len(table)
        ):
            return f"; or, if these are {series} series, name the column that tells them apart: id = {column!r}"
    hour = np.timedelta64(1, "h")
    if times.dtype.kind == "M" and np.diff(times).min() >= -hour and np.median(np.diff(times)) <= hour:
        return "; or, if clocks were set back here, name the time zone: zone = 'Europe/Berlin'"
    return ""


def check_steps(table: Table, name: str, rows: np.ndarray, times: np.ndarray, step: AnyStep) -> None:
    """Raise DataError, naming the first place, unless each of ``times`` is one step after the one before it."""
    odd = step.irregular(times)
    if odd.any():
        _refuse(table, name, rows, times, step, odd, f"fill the gap ({FILLING}), or take the part before or behind it")


def _refuse(
    table: Table, name: str, rows: np.ndarray, times: np.ndarray, step: AnyStep, odd: np.ndarray, todo: str
) -> NoReturn:
    place = int(odd.argmax()) + 1
    hour = times.dtype.kind == "M" and times[place] - times[place - 1] == np.timedelta64(2, "h")
    if hour and str(step) == "1 hour" and odd.sum() <= 2 * len(times) // 8760 + 2:
        todo += "; or, if clocks were set forward here, name the time zone: zone = 'Europe/Berlin'"
    raise DataError(
        f"{table.at(rows[place])}: {name!r} goes from {times[place - 1]} to {times[place]}, but the usual step is "
        f"{step} ({odd.sum()} such places): {todo}"
    )


def note_holidays(times: np.ndarray, step: AnyStep) -> tuple[str, ...]:
    """A note on steps of days of work and of sessions, and on those that are missing."""
    if not step.has_holidays:
        return ()
    before = np.flatnonzero(step.between(times) > 1)
    if not len(before):
        return (f"steps of {step}",)
    missing = int((step.between(times) - 1).sum())
    within_days = isinstance(step, SessionStep)
    first = step.following(times[before[0]], 1)[0].astype(f"datetime64[{'m' if within_days else 'D'}]")
    taken = "holidays and early ends of sessions" if within_days else "holidays"
    return (f"steps of {step}: {missing} missing, such as {first}, are taken as {taken}",)


def insert_missing(
    table: Table, name: str, rows: np.ndarray, times: np.ndarray, step: AnyStep
) -> tuple[np.ndarray, np.ndarray]:
    """``rows`` and ``times`` (T,) with a row -1 for each step that is missing.

    Raises DataError for a time that is on no step.
    """
    between = step.between(times)
    off = np.isnan(between)
    if off.any():
        _refuse(table, name, rows, times, step, off, "it is on no step, so that no gap could be filled: correct it")
    counts = np.round(between).astype(int) - 1
    if not counts.any():
        return rows, times
    pieces, all_rows = [times[:1]], [rows[:1]]
    for i, count in enumerate(counts):
        pieces += [step.following(times[i], count)] if count else []
        all_rows += [np.full(count, -1)] if count else []
        pieces.append(times[i + 1 : i + 2])
        all_rows.append(rows[i + 1 : i + 2])
    return np.concatenate(all_rows), np.concatenate(pieces)


def fill_cells(values: np.ndarray, how: Fill, amounts: np.ndarray) -> np.ndarray:
    """``values`` (T, V) without NaN: each has the value before it, or lies on the line between those around it.

    Only ``amounts`` (V,), which are numbers, lie on lines. Before the first value and behind the last there are these.
    A column of NaN alone stays as it is.
    """
    filled = values.copy()
    places = np.arange(len(values))
    for column, amount in zip(filled.T, amounts, strict=True):
        present = np.flatnonzero(~np.isnan(column))
        if len(present) in (0, len(column)):
            continue
        if how == "linear" and amount:
            column[:] = np.interp(places, present, column[present])
        else:
            column[:] = column[present[np.maximum(np.searchsorted(present, places, side="right") - 1, 0)]]
    return filled
