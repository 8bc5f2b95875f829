"""How many steps one call of the engine takes, so that progress shows, changes are made and Ctrl-C is heard soon."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

SECONDS_A_CALL = 0.1
"""How long one call of the engine should take, and how often is told what steps saw."""


@dataclass
class Pace:
    """``length`` steps take about ``SECONDS_A_CALL``; it is learnt from each call that is not cut short."""

    length: int
    _told: float = field(default_factory=time.perf_counter)

    def learn(self, steps: int, seconds: float) -> None:
        """Take in how long a call of so many steps took."""
        if steps >= self.length:
            self.length = max(1, min(round(steps / max(seconds, 1e-6) * SECONDS_A_CALL), 10 * self.length))

    @property
    def step_seconds(self) -> float:
        """About how long a step takes."""
        return SECONDS_A_CALL / self.length

    def is_due(self) -> bool:
        """Whether it is time to tell again; begins the next wait where it is."""
        now = time.perf_counter()
        if now - self._told < 0.9 * SECONDS_A_CALL:
            return False
        self._told = now
        return True
