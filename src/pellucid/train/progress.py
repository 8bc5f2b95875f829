"""The progress bar: loss, accuracy, speed and time left, on standard error."""

from __future__ import annotations

import time
from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from pellucid.train.change_lines import change_line
from pellucid.train.events import Ended, EpochDone, EpochsChanged, Event, Started, StepsDone

if TYPE_CHECKING:
    from rich.progress import Progress

SECONDS_BETWEEN_LINES = 5.0
"""How often a line is printed where there is no terminal to draw a bar on."""

SHORT = {"accuracy": "acc", "r2": "R²"}
"""How numbers of validation are called beside those of training."""


class ProgressBar:
    """A listener. A bar on a terminal; where standard error is a file or a pipe, a plain line every few seconds.

    Changes of the training have a line each.
    """

    _bar: Progress | None = None
    _validation: Mapping[str, float] = MappingProxyType({})

    def __call__(self, event: Event) -> None:
        if (line := change_line(event)) is not None:
            self._console.print(line, highlight=False, markup=False, soft_wrap=True)
        match event:
            case Started():
                self._start(event)
            case StepsDone():
                self._show(event)
            case EpochDone():
                measured = event.record.get("validation", {})
                self._validation = {n: value for n, value in measured.items() if n != "loss"} or measured
            case EpochsChanged():
                self._epochs = event.after
                if self._bar is not None:
                    self._bar.update(self._task, total=self._epochs * self._examples)
            case Ended():
                if self._bar is not None:
                    self._bar.stop()

    def _start(self, event: Started) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

        self._console = Console(stderr=True)
        self._epochs, self._examples = event.epochs, event.examples
        self._told, self._begun, self._done = time.monotonic(), time.monotonic(), 0
        self._validation = {}
        self._bar = None
        if self._console.is_terminal:
            self._bar = Progress(
                TextColumn("epoch {task.fields[epoch]}"),
                BarColumn(bar_width=16),
                TextColumn("{task.fields[numbers]}"),
                TimeRemainingColumn(compact=True),
                console=self._console,
                transient=True,
            )
            total, epoch = self._epochs * self._examples, f"{event.epoch}/{self._epochs}"
            self._task = self._bar.add_task("", total=total, epoch=epoch, numbers="")
            self._bar.start()

    def _show(self, event: StepsDone) -> None:
        examples = int(event.sizes.sum())
        self._done += examples
        numbers = [f"loss {event.numbers['loss'].mean():.4g}"]
        if "correct" in event.numbers:
            numbers.append(f"acc {event.numbers['correct'].sum() / examples:.3f}")
        numbers += [f"val {SHORT.get(name, name)} {value:.4f}" for name, value in self._validation.items()]
        speed = self._done / max(time.monotonic() - self._begun, 1e-9)
        numbers.append(f"{speed / 1000:.3g}k/s" if speed >= 1000 else f"{speed:.0f}/s")
        epoch, text = f"{event.epoch}/{self._epochs}", "  ".join(numbers)
        if self._bar is not None:
            done = (event.epoch - 1) * self._examples + event.done
            self._bar.update(self._task, completed=done, epoch=epoch, numbers=text)
        elif time.monotonic() - self._told > SECONDS_BETWEEN_LINES:
            self._told = time.monotonic()
            self._console.print(f"epoch {epoch}  {text}", highlight=False, soft_wrap=True)
