"""A training so far, as its events told it: what live symptoms look at."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from pellucid.diagnosis.thresholds import TO_WIN
from pellucid.train.events import Ended, EpochDone, Event, Examined, Started, StepsDone


@dataclass
class Course:
    """What was recorded so far.

    Attributes:
        epoch, step: how far the training is.
        records: of each epoch, as ``History.epochs`` has them: "train", "validation", "learning_rate".
        first_loss: the loss of the first step.
        watched: the numbers of the last watched step by name, such as ``dense_1/W/gradient_rms``.
        examined: the numbers of the last examination by name, such as ``relu_1/dead``.
        stopped: why it ended; "" while it goes on.
    """

    epoch: int = 0
    step: int = 0
    records: list[dict[str, Any]] = field(default_factory=list)
    first_loss: float = float("nan")
    last_loss: float = float("nan")
    watched: dict[str, float] = field(default_factory=dict)
    examined: dict[str, float] = field(default_factory=dict)
    stopped: str = ""

    def hear(self, event: Event) -> None:
        """Take in an event."""
        self.epoch, self.step = event.epoch, event.step
        if isinstance(event, Started):
            self.records, self.watched, self.examined, self.stopped = [], {}, {}, ""
            self.first_loss = self.last_loss = float("nan")
        elif isinstance(event, StepsDone):
            self._hear_steps(event)
        elif isinstance(event, EpochDone):
            self.records.append(event.record)
        elif isinstance(event, Examined):
            self.examined = {name: float(value) for name, value in event.numbers.items()}
        elif isinstance(event, Ended):
            self.stopped = event.stopped

    def losses(self, part: str = "train", last: int | None = None) -> np.ndarray:
        """The loss of the last so many epochs (all, if None) on "train" or "validation"; NaN where not measured."""
        records = self.records if last is None else self.records[-last:]
        return np.array([record.get(part, {}).get("loss", np.nan) for record in records], np.float64)

    @property
    def has_loss_to_win(self) -> bool:
        """Whether the training loss is still near where it began."""
        losses = self.losses(last=1)
        return len(losses) == 0 or not losses[-1] <= TO_WIN * self.first_loss

    def _hear_steps(self, event: StepsDone) -> None:
        losses = event.numbers["loss"]
        if len(losses):
            if np.isnan(self.first_loss):
                self.first_loss = float(losses[0])
            self.last_loss = float(losses[-1])
        if event.layers and len(event.layers["step"]):
            self.watched = {name: float(values[-1]) for name, values in event.layers.items()}
