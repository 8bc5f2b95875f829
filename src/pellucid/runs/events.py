"""``events.jsonl``: what happened in a training beside its numbers, and which changes to make to repeat it."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterable, Iterator
from dataclasses import asdict, fields, replace
from pathlib import Path
from typing import Any

from pellucid.errors import ConfigError, RunError
from pellucid.runs.growing import append_record, read_records
from pellucid.runs.layout import EVENTS
from pellucid.train.changes import REMARKS, Change
from pellucid.train.events import (
    BestReached,
    ChangeRefused,
    Continued,
    Ended,
    EpochsChanged,
    Event,
    Examined,
    LeastRateReached,
    ListenerFailed,
    Noted,
    Paused,
    RateChanged,
    Started,
    StopDecided,
    Tagged,
)

KINDS: dict[type[Event], str] = {
    Started: "started",
    BestReached: "best",
    RateChanged: "learning_rate",
    EpochsChanged: "epochs",
    Paused: "paused",
    Continued: "continued",
    Noted: "note",
    Tagged: "tag",
    StopDecided: "stop",
    ChangeRefused: "refused",
    LeastRateReached: "refused",
    ListenerFailed: "listener_failed",
    Ended: "ended",
}
"""What each event is called in the file, of those that are kept there."""

REPEATABLE = ("asked", "planned")
"""Reasons of changes that do not come about by themselves when the training is repeated."""


def event_record(event: Event, moment: float | None = None) -> dict[str, Any]:
    """The line of an event: ``time`` (seconds since 1970), ``epoch``, ``step``, ``kind``, and its own fields.

    A training that goes on says "resumed" in the place of "started".
    """
    kind = "resumed" if isinstance(event, Started) and event.epoch else KINDS[type(event)]
    own = {field.name: getattr(event, field.name) for field in fields(event) if field.name not in ("epoch", "step")}
    own = {name: value for name, value in own.items() if name != "snapshot" and value is not None}
    when = round(time.time() if moment is None else moment, 3)
    return {"time": when, "epoch": event.epoch, "step": event.step, "kind": kind, **own}


def examined_record(event: Examined) -> dict[str, Any]:
    """The line of an examination in ``histograms.jsonl``."""
    histograms = {name: asdict(histogram) for name, histogram in event.histograms.items()}
    at = {"step": event.step, "epoch": event.epoch, "examples": event.examples}
    return {**at, "histograms": histograms, "numbers": dict(event.numbers)}


def read_events(folder: Path) -> Iterator[dict[str, Any]]:
    """The events of a run in their order, as far as lines are whole and say what they are."""
    with contextlib.suppress(OSError):
        for record, _ in read_records(folder / EVENTS):
            if record is not None and isinstance(record.get("kind"), str):
                yield record


def note_run(folder: Path, kind: str, text: str, request: str | None = None) -> None:
    """Add a "note" or a "tag" to a run that is over, with the id of the ``request`` for it, if it has one.

    Raises ConfigError for a text that cannot be one, OSError.
    A training that still runs is asked instead (see ``pellucid.runs.control.ask``), for it has the file in hand.
    """
    if kind not in REMARKS:
        raise ConfigError(f"a run that is over takes a note or a tag, not {kind!r}")
    change = Change(kind, text)
    last: dict[str, Any] = next(iter([*read_events(folder)][-1:]), {})
    at = {name: last.get(name, 0) for name in ("epoch", "step")}
    record = {"time": round(time.time(), 3), **at, "kind": kind, "text": change.value}
    record |= {} if request is None else {"request": request}
    append_record(folder / EVENTS, record)


def changes_of(run: str | Path) -> tuple[Change, ...]:
    """The changes that a run was asked for or planned with, each at its step: ``fit(changes=changes_of(run))`` makes
    them again, and the same training comes to the same weights to the bit.

    Raises RunError for what is no run folder, or one from before changes were kept.
    """
    folder = Path(run)
    if not (folder / EVENTS).exists():
        raise RunError(f"{folder} has no {EVENTS}: name the folder of a run")
    return tuple(replace(change, request=None, reason="planned") for change in recorded_changes(folder))


def changes_to_come(folder: Path, planned: Iterable[Change]) -> list[Change]:
    """The changes of a run that goes on: those that its events tell of and those ``planned``, but no stop again."""
    past = list(recorded_changes(folder))
    stops = {change.step for change in past if change.command == "stop"}
    return [change for change in (*past, *planned) if change.command != "stop" or change.step not in stops]


def recorded_changes(folder: Path) -> Iterator[Change]:
    """The changes that the events of a run tell of, as they came."""
    for record in read_events(folder):
        kind, step, reason = record["kind"], record.get("step"), record.get("reason")
        try:
            if kind in ("learning_rate", "epochs") and reason in REPEATABLE:
                yield Change(kind, record.get("after"), step, record.get("request"), str(reason))
            elif kind == "stop" and reason in [f"stop {name}" for name in REPEATABLE]:
                yield Change("stop", None, step)
        except ConfigError:
            continue  # a line that somebody else wrote
