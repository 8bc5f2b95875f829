"""A time by which work is to be over."""

from __future__ import annotations

import time


class Deadline:
    """So many ``seconds`` from its making on; work that is bounded asks it between its parts."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._end = time.monotonic() + seconds

    def left(self) -> float:
        """The seconds that are left, 0 after it."""
        return max(0.0, self._end - time.monotonic())

    def is_over(self) -> bool:
        """Whether it has passed."""
        return time.monotonic() >= self._end

    def share(self, part: float) -> Deadline:
        """A deadline of its own for a part of the work: that ``part`` of what is left."""
        return Deadline(part * self.left())
