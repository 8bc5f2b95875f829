"""The course of a training: a row for its start and one for each epoch, as many as a chart can show."""

from __future__ import annotations

import numpy as np

from pellucid.playground.measure import Measure

COLUMNS = 6
"""Epoch, step, training loss, test loss, training accuracy, test accuracy."""

MOST_ROWS = 20_000
"""When there are so many rows, every second one goes."""


class History:
    """Rows, and from which one on the page has not got them."""

    def __init__(self) -> None:
        self.rows: list[tuple[float, ...]] = []
        self.unsent = 0

    def add(self, epoch: int, step: int, found: Measure) -> None:
        """The row of an epoch."""
        accuracy = found.accuracy
        shares = (float("nan"), float("nan")) if accuracy is None else (accuracy.train, accuracy.test)
        self.rows.append((epoch, step, found.loss.train, found.loss.test, *shares))
        if len(self.rows) > MOST_ROWS:
            self.rows, self.unsent = self.rows[::2], 0

    def take_unsent(self) -> tuple[int, np.ndarray]:
        """How many rows come before, and those that the page has not got, (n, COLUMNS)."""
        first, self.unsent = self.unsent, len(self.rows)
        return first, np.array(self.rows[first:], dtype=np.float64).reshape(-1, COLUMNS)
