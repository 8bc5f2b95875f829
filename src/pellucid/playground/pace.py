"""Which training is next, and when: run, pause, so many steps, so many epochs a second; networks go in step."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Literal

from pellucid.playground.training import Training

FOREVER = float("inf")


class Pace:
    """What the trainings of a session are to do. The one that has the fewest epochs is always next."""

    def __init__(self) -> None:
        self._speed: float | None = None
        self.pause()

    def pause(self) -> None:
        """Nothing more is to be done."""
        self._running = False
        self._until: float = 0
        self._batches: dict[Training, int] = {}

    def run(self, trainings: Sequence[Training]) -> None:
        """Train on until told to pause."""
        self.pause()
        self._running = True
        self._begin(trainings)

    def step(self, trainings: Sequence[Training], unit: Literal["batch", "epoch"], count: int) -> None:
        """Train so many batches or epochs, then pause."""
        self.pause()
        if unit == "epoch":
            self._until = _most_epochs(trainings) + count
        else:
            self._batches = dict.fromkeys(trainings, count)

    def set_speed(self, epochs_a_second: float | None, trainings: Sequence[Training]) -> None:
        """So many epochs a second while running; None: as many as go."""
        self._speed = epochs_a_second
        self._begin(trainings)

    def is_running(self, trainings: Sequence[Training]) -> bool:
        """Whether there is something to do, now or in a moment."""
        return bool(self._candidates(trainings, FOREVER if self._running else self._until))

    def next(self, trainings: Sequence[Training]) -> Training | None:
        """The training whose turn it is; None where there is nothing to do now."""
        found = self._candidates(trainings, self._limit())
        if not found:
            if not self.is_running(trainings):
                self.pause()
            return None
        return min(found, key=lambda training: training.progress.epoch)

    def most(self, training: Training, steps: int) -> int:
        """At most how many of ``steps`` the training may take."""
        return min(steps, self._batches.get(training, steps))

    def count(self, training: Training, steps: int) -> None:
        """The training took so many steps."""
        if training in self._batches:
            self._batches[training] -= steps

    def seconds_to_next(self, trainings: Sequence[Training]) -> float:
        """How long until there is something to do; infinite where only a message brings it."""
        if self._candidates(trainings, self._limit()):
            return 0.0
        if not self._running or self._speed is None or not self.is_running(trainings):
            return FOREVER
        least = min(training.progress.epoch for training in trainings if training.can_go_on)
        return max(0.0, self._begun + (least + 1 - self._first) / self._speed - time.monotonic())

    def _begin(self, trainings: Sequence[Training]) -> None:
        self._begun, self._first = time.monotonic(), _most_epochs(trainings)

    def _limit(self) -> float:
        """Trainings with fewer whole epochs may go on."""
        if not self._running:
            return self._until
        if self._speed is None:
            return FOREVER
        return self._first + int((time.monotonic() - self._begun) * self._speed)

    def _candidates(self, trainings: Sequence[Training], limit: float) -> list[Training]:
        if self._batches:
            return [training for training in trainings if training.can_go_on and self._batches.get(training, 0) > 0]
        return [training for training in trainings if training.can_go_on and training.progress.epoch < limit]


def _most_epochs(trainings: Sequence[Training]) -> int:
    return max((training.progress.epoch for training in trainings), default=0)
