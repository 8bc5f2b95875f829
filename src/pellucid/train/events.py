"""What happens in a training, as it is told to the run folder, the progress bar and every listener.

A listener is a function of an event::

    def say(event):
        match event:
            case EpochDone(record=record):
                print(record["epoch"], record["train"]["loss"])
            case Ended(stopped=why):
                print(why)

    fit(..., listeners=[say])
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np

from pellucid.train.examinations import Histogram
from pellucid.train.snapshot import Snapshot

Numbers: TypeAlias = Mapping[str, np.ndarray[Any, Any]]


@dataclass(frozen=True, eq=False)
class Event:
    """Something that happened after so many epochs and steps of a training were done."""

    epoch: int
    step: int


@dataclass(frozen=True, eq=False)
class Started(Event):
    """Training begins, or goes on, from ``snapshot``: up to so many ``epochs`` over so many ``examples``."""

    epochs: int
    examples: int
    batch_size: int
    engine: str
    snapshot: Snapshot


@dataclass(frozen=True, eq=False)
class StepsDone(Event):
    """Steps up to ``step`` are done; ``epoch`` counts the one they are in.

    ``numbers`` are arrays with a number for each of them, ``loss``, ``learning_rate``, ``correct`` where it is counted;
    ``sizes`` the examples of each; ``done`` the examples that the epoch has gone through. ``layers`` has what watched
    steps among them recorded: their numbers, ``step``, and an array for each name.
    """

    numbers: Numbers
    sizes: np.ndarray[Any, Any]
    done: int
    layers: Numbers


@dataclass(frozen=True, eq=False)
class EpochDone(Event):
    """An epoch is done: its record, as in ``History.epochs``, and what going on from here needs."""

    record: dict[str, Any]
    snapshot: Snapshot


@dataclass(frozen=True, eq=False)
class Examined(Event):
    """The network was examined on so many ``examples``: histograms and numbers by name. See ``Examination``."""

    examples: int
    histograms: Mapping[str, Histogram]
    numbers: Mapping[str, float]


@dataclass(frozen=True, eq=False)
class BestReached(Event):
    """No epoch before was as good by the quantity that is monitored."""

    monitor: str
    value: float


@dataclass(frozen=True, eq=False)
class RateChanged(Event):
    """From the next step on the learning rate is ``after``, and its schedule goes on in proportion.

    ``reason``: "asked", "planned" or "plateau".
    """

    before: float
    after: float
    reason: str
    request: str | None = None


@dataclass(frozen=True, eq=False)
class EpochsChanged(Event):
    """Training is to last for so many epochs in all."""

    before: int
    after: int
    reason: str
    request: str | None = None


@dataclass(frozen=True, eq=False)
class Paused(Event):
    """Training waits to be continued."""

    request: str | None = None


@dataclass(frozen=True, eq=False)
class Continued(Event):
    """Training goes on after a pause."""

    request: str | None = None


@dataclass(frozen=True, eq=False)
class Noted(Event):
    """Somebody wrote a note."""

    text: str
    request: str | None = None


@dataclass(frozen=True, eq=False)
class Tagged(Event):
    """Somebody gave the run a tag."""

    text: str
    request: str | None = None


@dataclass(frozen=True, eq=False)
class StopDecided(Event):
    """Training ends before its last epoch, for this reason."""

    reason: str
    request: str | None = None


@dataclass(frozen=True, eq=False)
class ChangeRefused(Event):
    """A change was asked for that cannot be made: ``error`` says why."""

    error: str
    request: str | None = None


@dataclass(frozen=True, eq=False)
class LeastRateReached(ChangeRefused):
    """A plateau would have reduced the learning rate to below the least that its rule allows. That is told once."""


@dataclass(frozen=True, eq=False)
class ListenerFailed(Event):
    """A listener, or an examination, raised an error, here as text. That is told once; training goes on."""

    listener: str
    error: str


@dataclass(frozen=True, eq=False)
class Ended(Event):
    """Training is over, for the reason given."""

    stopped: str


Listener: TypeAlias = Callable[[Event], object]
"""Hears of every event. It may not change what it is given; an error that it raises is told, and ends nothing."""
