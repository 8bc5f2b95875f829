"""How often to watch: so that watching takes a small share of the time, by counts alone, never by the clock.

The same training is therefore always watched at the same steps.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import NamedTuple

from pellucid.train.engines import OPERATIONS_A_SECOND, Work

SHARE = 0.02
"""The share of the training's time that watching may take, by these estimates."""
FREE = 0.02
"""Seconds that watching may take in any case, so that a short training is seen too."""
MOST_ROWS = 2_000
"""Watched steps of a training at most: a chart has no room for more."""

COMPILE = 3.0
"""Seconds until the program that measures is compiled; measured on two cores, as are all below."""
SECONDS_A_LAYER = 2.5e-4
"""What the numbers of a layer cost NumPy, beside their arithmetic."""
SECONDS_A_CALL = 7e-4
"""What leaving the compiled loop, measuring, and coming back takes."""
SECONDS_AN_ELEMENT = {"numpy": 2e-8, "jax": 5e-9}
"""What the numbers of an array take for each of its elements."""
SHORTEST_COMPILED_STEP = 4e-6
COMPILED_IS_FASTER = 4.0
"""So many times as fast as the eager engine's is compiled arithmetic."""


class Watching(NamedTuple):
    """Watch every so many steps, and measure on this engine."""

    every: int
    engine: str


@dataclass(frozen=True)
class TrainingSize:
    """What decides how often to watch: the work for an example, the numbers of parameters, examples and steps, and the
    engine. ``engines`` are those that can measure.
    """

    work: Work
    parameters: int
    batch_size: int
    steps: int
    engine: str
    engines: tuple[str, ...]

    @property
    def step_seconds(self) -> float:
        """About how long a step takes."""
        if self.engine == "numpy":
            return self.work.seconds(self.batch_size)
        operations = 6.0 * self.work.multiplications * self.batch_size
        return max(SHORTEST_COMPILED_STEP, operations / OPERATIONS_A_SECOND / COMPILED_IS_FASTER)

    def row_seconds(self, engine: str) -> float:
        """About how long it takes to measure a step: forward and backward again, then some passes over all arrays."""
        elements = self.parameters + self.work.bytes / 4 * self.batch_size
        passes = elements * SECONDS_AN_ELEMENT[engine]
        if engine == "numpy":
            again = 2 * self.work.seconds(self.batch_size)
            return again + passes + self.work.layers * SECONDS_A_LAYER + SECONDS_A_CALL * (self.engine == "jax")
        return 3 * self.step_seconds + passes + SECONDS_A_CALL

    def seconds(self, engine: str, rows: float) -> float:
        """About how long so many watched steps take to measure."""
        return COMPILE * (engine == "jax") + rows * self.row_seconds(engine)

    def rows(self, engine: str) -> int:
        """So many steps may be watched."""
        allowed = max(SHARE * self.steps * self.step_seconds, FREE) - self.seconds(engine, 0)
        return int(min(MOST_ROWS, self.steps, allowed / self.row_seconds(engine)))


def choose_interval(size: TrainingSize) -> Watching | None:
    """What lets most steps be watched; None where not a single one may be."""
    rows, engine = max((size.rows(name), name) for name in size.engines)
    return Watching(math.ceil(size.steps / rows), engine) if rows > 0 else None


def choose_measuring(size: TrainingSize, every: int) -> Watching:
    """The engine that soonest measures every so many steps."""
    return Watching(every, min(size.engines, key=lambda name: size.seconds(name, size.steps / every)))
