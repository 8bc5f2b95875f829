"""What was done to series, in sentences."""

from __future__ import annotations

from collections.abc import Sequence

from pellucid.data.messages import name_some
from pellucid.data.series.series import Series


def gather_notes(all_series: Sequence[Series]) -> tuple[str, ...]:
    """What was done to each series: a note once, with those it is about where these are not all."""
    about: dict[str, list[str]] = {}
    for series in all_series:
        for note in series.notes:
            about.setdefault(note, []).append(str(series.id))
    return tuple(
        note if len(ids) == len(all_series) else f"{note} ({name_some(ids, 5)})" for note, ids in about.items()
    )
