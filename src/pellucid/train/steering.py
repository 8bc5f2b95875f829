"""Changes while a training runs: its learning rate, how many epochs it lasts, a pause, its end."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from pellucid.optim import Optimizer
from pellucid.train.changes import Change, PlannedChanges, RefusedRequest
from pellucid.train.events import (
    ChangeRefused,
    Continued,
    EpochsChanged,
    LeastRateReached,
    Noted,
    Paused,
    RateChanged,
    StopDecided,
    Tagged,
)
from pellucid.train.listeners import Listeners
from pellucid.train.stopping.plateau import LEAST_SHARE, ReduceOnPlateau

SECONDS_BETWEEN_LOOKS = 0.05
"""How often a pause looks whether it is over."""


class TrainingStopped(Exception):  # noqa: N818  # no error: somebody asked for it
    """Training ends now, for the reason that is its text."""


@dataclass
class Steering:
    """Makes the changes that are due, ``planned`` ones and those that ``listeners`` are asked for.

    ``epochs`` is how many the training lasts, ``rate_factor`` what the rates of the schedule are multiplied by.
    ``paused`` counts the seconds of all pauses. ``check`` raises KeyboardInterrupt where Ctrl-C was pressed.
    """

    optimizer: Optimizer
    epochs: int
    listeners: Listeners
    planned: PlannedChanges
    check: Callable[[], None]
    rate_factor: float = 1.0
    paused: float = 0.0
    _pausing: bool = False
    _at_least: bool = False
    _at: tuple[int, int] = field(default=(0, 0))

    def rates(self, steps: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
        """The learning rate of each of ``steps``, counted from 0, as it is planned now."""
        rates: np.ndarray[Any, Any] = self.optimizer.learning_rates(steps) * self.rate_factor
        return rates

    def apply(self, epoch: int, done: int, look: bool) -> bool:
        """Make the changes due after so many epochs and steps; whether the learning rate is another one now.

        To ``look`` means to ask for new ones. A pause is waited for. Raises TrainingStopped.
        """
        self._at, before = (epoch, done), self.rate_factor
        for change in self.planned.due(done):
            self._make(change)
        if look:
            self._look()
        if self._pausing:
            self._wait()
        return self.rate_factor != before

    def reduce_rate(self, epoch: int, done: int, rule: ReduceOnPlateau) -> None:
        """Multiply the rates to come by the rule's factor, unless the next one would come to below its least."""
        self._at = epoch, done
        before, after = self._next_rate(), self.rate_factor * rule.factor
        if after > 0.999 * LEAST_SHARE if rule.least is None else before * rule.factor > rule.least:
            self.rate_factor = after
            self._tell(RateChanged, before, self._next_rate(), "plateau")
        elif not self._at_least:
            self._at_least = True
            least = f"{LEAST_SHARE:g} of its schedule" if rule.least is None else f"{rule.least:g}"
            self._tell(
                LeastRateReached, f"the learning rate stays at {before:.3g}: a plateau reduces it to {least} at least"
            )

    def refuse_waiting(self, epoch: int, done: int) -> None:
        """Tell of every planned change that training, which ends now, did not come to."""
        self._at = epoch, done
        for change in self.planned.waiting:
            value = "" if change.value is None else f" {change.value}"
            self._tell(ChangeRefused, f"{change.command}{value} was planned after step {change.step}, training is over")

    def _look(self) -> None:
        for asked in self.listeners.new_changes():
            if isinstance(asked, RefusedRequest):
                self._tell(ChangeRefused, asked.error, asked.request)
            else:
                self._make(asked)

    def _wait(self) -> None:
        begun = time.perf_counter()
        while self._pausing:
            time.sleep(SECONDS_BETWEEN_LOOKS)
            self.check()
            self._look()
        self.paused += time.perf_counter() - begun

    def _make(self, change: Change) -> None:
        value: Any = change.value
        match change.command:
            case "learning_rate":
                self._set_rate(value, change)
            case "epochs":
                before, self.epochs = self.epochs, value
                self._tell(EpochsChanged, before, value, change.reason, change.request)
            case "stop":
                self._tell(StopDecided, f"stop {change.reason}", change.request)
                raise TrainingStopped(f"stopped as {change.reason}")
            case "pause" | "continue":
                self._pausing = change.command == "pause"
                self._tell(Paused if self._pausing else Continued, change.request)
            case _:
                self._tell(Noted if change.command == "note" else Tagged, value, change.request)

    def _set_rate(self, rate: float, change: Change) -> None:
        scheduled, before = float(self.optimizer.learning_rates(np.array([self._at[1]]))[0]), self._next_rate()
        if not scheduled > 0:
            why = "the optimizer keeps it to itself" if np.isnan(scheduled) else "its schedule has come to 0"
            self._tell(ChangeRefused, f"the learning rate cannot be changed: {why}", change.request)
            return
        self.rate_factor = rate / scheduled
        self._tell(RateChanged, before, float(rate), change.reason, change.request)

    def _next_rate(self) -> float:
        return float(self.rates(np.array([self._at[1]]))[0])

    def _tell(self, kind: Any, *values: Any) -> None:
        self.listeners.tell(kind(*self._at, *values))
