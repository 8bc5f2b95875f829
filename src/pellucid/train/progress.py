"""The progress bar: loss, accuracy, speed and time left, on standard error."""

from __future__ import annotations

import time
from typing import Any

from pellucid.train.listener import Listener, Snapshot

SECONDS_BETWEEN_LINES = 5.0
"""How often a line is printed where there is no terminal to draw a bar on."""


class ProgressBar(Listener):
    """A bar on a terminal; where standard error is a file or a pipe, a plain line every few seconds."""

    def started(self, epochs: int, examples: int, batch_size: int, engine: str, snapshot: Snapshot) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

        self._console = Console(stderr=True)
        self._epochs, self._examples, self._batch = epochs, examples, batch_size
        self._told, self._begun, self._done = time.monotonic(), time.monotonic(), 0
        self._validation: dict[str, float] = {}
        self._bar: Progress | None = None
        if self._console.is_terminal:
            self._bar = Progress(
                TextColumn("epoch {task.fields[epoch]}"),
                BarColumn(bar_width=16),
                TextColumn("{task.fields[numbers]}"),
                TimeRemainingColumn(compact=True),
                console=self._console,
                transient=True,
            )
            self._task = self._bar.add_task("", total=epochs * examples, epoch=f"{snapshot.epoch}/{epochs}", numbers="")
            self._bar.start()

    def stepped(self, epoch: int, step: int, seen: dict[str, Any]) -> None:
        through = min(step * self._batch, self._examples)
        examples = through - (step - len(seen["loss"])) * self._batch
        self._done += examples
        numbers = [f"loss {seen['loss'].mean():.4g}"]
        if "correct" in seen:
            numbers.append(f"acc {seen['correct'].sum() / examples:.3f}")
        numbers += [f"val {value:.4f}" for value in self._validation.values()]
        speed = self._done / max(time.monotonic() - self._begun, 1e-9)
        numbers.append(f"{speed / 1000:.3g}k/s" if speed >= 1000 else f"{speed:.0f}/s")
        now = (epoch - 1) * self._examples + through
        text = "  ".join(numbers)
        if self._bar is not None:
            self._bar.update(self._task, completed=now, epoch=f"{epoch}/{self._epochs}", numbers=text)
        elif time.monotonic() - self._told > SECONDS_BETWEEN_LINES:
            self._told = time.monotonic()
            self._console.print(f"epoch {epoch}/{self._epochs}  {text}", highlight=False, soft_wrap=True)

    def epoch_ended(self, record: dict[str, Any], steps: dict[str, Any], snapshot: Snapshot) -> None:
        measured = record.get("validation", {})
        self._validation = {name: value for name, value in measured.items() if name != "loss"}

    def ended(self, stopped: str) -> None:
        if self._bar is not None:
            self._bar.stop()
