"""The family that a page has open: its settings, its training, and the frames that the page is shown."""

from __future__ import annotations

import time
from typing import Any

import numpy as np

from pellucid.envelope import pack
from pellucid.errors import ConfigError
from pellucid.playground.families.registry import FAMILIES
from pellucid.playground.families.training import FamilyTraining
from pellucid.playground.messages import FamilyMessage

FOREVER = float("inf")


class OpenFamily:
    """Takes the page's messages; ``work`` trains for a moment, ``frame`` says how all is. Nothing here waits."""

    def __init__(self, name: str, given: dict[str, Any]) -> None:
        self.name = name
        kind, settings = FAMILIES[name]
        self.settings = settings().changed(given)
        self.family = kind(self.settings)
        self.training = FamilyTraining(self.family.problem, self.settings.seed)
        self.pause()

    def do(self, message: FamilyMessage) -> None:
        """What a message of this family says. Raises ConfigError, and then nothing changed."""
        if message.name != self.name:
            raise ConfigError(f"the family {self.name} is open: close it before {message.name}")
        self._set(message.settings)
        if message.do in ("run", "step"):
            self.training.diverged = False
            self._until = FOREVER if message.do == "run" else self._steps_to_come() + message.count
            self._running = message.do == "run"
            self._begin()
        elif message.do == "pause":
            self.pause()
        elif message.do == "reset":
            self._restart()

    def pause(self) -> None:
        """Train no further."""
        self._running, self._until = False, 0.0
        self._begin()

    def tell_all(self) -> None:
        """A page has come: it has none of the history."""
        self.training.history.unsent = 0

    @property
    def running(self) -> bool:
        """Whether there is something to do, now or in a moment."""
        return not self.training.diverged and self.training.step < self._until

    def seconds_to_next(self) -> float:
        """How long until there is something to do; infinite where only a message brings it."""
        if not self.running:
            return FOREVER
        if self._running and self.settings.steps_per_second is not None:
            taken = self.training.step - self._first
            return max(0.0, self._begun + (taken + 1) / self.settings.steps_per_second - time.monotonic())
        return 0.0

    def work(self, seconds: float) -> bool:
        """Train for about so long. Whether there was anything to do."""
        if self.seconds_to_next() > 0:
            return False
        most = max(1, int(seconds / self.training.seconds_a_step))
        if self._running and self.settings.steps_per_second is not None:
            due = (time.monotonic() - self._begun) * self.settings.steps_per_second
            most = min(most, max(1, int(due) - (self.training.step - self._first)))
        self.training.advance(int(min(most, self._until - self.training.step)), self.settings.learning_rate)
        return True

    def frame(self, number: int) -> bytes:
        """Frame ``number``."""
        first, rows = self.training.history.take_unsent()
        shown = self.family.show(self.training.weights, self.settings)
        arrays = {**shown.arrays, "history": rows}
        found = self.training.measured
        header = {
            "type": "family",
            "frame": number,
            "name": self.name,
            "running": self.running,
            "diverged": self.training.diverged,
            "step": self.training.step,
            "epoch": self.training.epoch,
            "loss": vars(found.loss),
            "accuracy": None if found.accuracy is None else vars(found.accuracy),
            "settings": self.settings.model_dump(),
            "history_from": first,
            **shown.values,
            "arrays": [{"name": name, "shape": list(array.shape)} for name, array in arrays.items()],
        }
        with np.errstate(over="ignore", invalid="ignore"):
            return pack(header, list(arrays.values()))

    def _steps_to_come(self) -> float:
        """The step at which those that were asked for before are done."""
        return self.training.step if self._running else max(self._until, self.training.step)

    def _set(self, given: dict[str, Any]) -> None:
        before, after = self.settings, self.settings.changed(given)
        if not after.begins_like(before):
            kind, _ = FAMILIES[self.name]
            self.family = kind(after)
            self.settings = after
            self._restart()
        elif after != before:
            self.settings = after
            self._begin()

    def _restart(self) -> None:
        self.training = FamilyTraining(self.family.problem, self.settings.seed)
        self.pause()

    def _begin(self) -> None:
        """Count from now the steps that a second has."""
        self._begun, self._first = time.monotonic(), self.training.step
