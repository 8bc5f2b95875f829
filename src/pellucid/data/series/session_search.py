"""The sessions that the times of a series lie in."""

from __future__ import annotations

import numpy as np

from pellucid.data.series.sessions import WEEK, SessionStep, since_monday
from pellucid.data.series.step import DAY

FEWEST_WEEKS = 3
"""Of a series as long as this each day of the week may have sessions of its own."""

MOST_SESSIONS = 28
"""With more sessions in a week than this, times are irregular."""

FEWEST_CLOSINGS = 4
"""For each gap within a session there are at least so many between sessions."""


def find_sessions(times: np.ndarray, usual: int) -> SessionStep | None:
    """The sessions of ``times`` (T,) that are mostly ``usual`` microseconds apart; None where there is no closing hour.

    A time of the week belongs to one where most weeks have it. Of a series of less than three weeks each
    day counts alike: a time of day belongs to a session where most days have it.
    """
    since = since_monday(times)
    if since[-1] - since[0] >= FEWEST_WEEKS * WEEK:
        slots = _usual_times(since, WEEK, int(since[-1] // WEEK - since[0] // WEEK) + 1)
    else:
        days = np.unique(since // DAY)
        slots = (_open_weekdays(days)[:, None] * DAY + _usual_times(since, DAY, len(days))).reshape(-1)
    if not len(slots) or len(slots) * usual >= WEEK:
        return None
    starts = np.flatnonzero(np.diff(slots, prepend=-1 - usual) != usual)
    if len(starts) > MOST_SESSIONS:
        return None
    counts = np.diff(np.append(starts, len(slots)))
    found = SessionStep(usual, tuple((int(slots[i]), int(count)) for i, count in zip(starts, counts, strict=True)))
    gaps = int((np.diff(since) != usual).sum())
    recurs = gaps >= 2 and since[-1] // DAY > since[0] // DAY
    return found if recurs and found.irregular(times).sum() * FEWEST_CLOSINGS <= gaps else None


def _open_weekdays(days: np.ndarray) -> np.ndarray:
    """The days of the week, Monday being 0, of a series of less than three weeks: a holiday says nothing of others."""
    weekdays = np.unique(days % 7)
    if weekdays.max() < 5:
        return np.arange(5)
    return weekdays if days[-1] - days[0] >= 7 else np.arange(7)


def _usual_times(since: np.ndarray, period: int, rounds: int) -> np.ndarray:
    """The times of a period that most of its ``rounds`` have, of which the first and the last may be cut."""
    slots, counts = np.unique(since % period, return_counts=True)
    could = rounds - (slots < since[0] % period).astype(int) - (slots > since[-1] % period)
    return np.asarray(slots[2 * counts > could])
