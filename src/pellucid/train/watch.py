"""Which steps are watched, and with which probes: what they record is measured beside the step, never inside it.

The step itself is the same program, watched or not, so that a watched training comes out the same to the bit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from pellucid import validate
from pellucid.errors import ConfigError
from pellucid.runtime.blas import on_one_core
from pellucid.train.batch import Weights
from pellucid.train.engines import Engine, Plan
from pellucid.train.engines.eager import Eager
from pellucid.train.feed.shards import Shard
from pellucid.train.probes import Probe
from pellucid.train.recipe import Recipe
from pellucid.train.watch_interval import TrainingSize, choose_interval, choose_measuring
from pellucid.types import Tree


@dataclass
class Watch:
    """Every so many steps, ``every``, the numbers of the ``probes``, measured by ``engine``.

    ``seconds`` is how long all of it took beside the steps themselves.
    """

    every: int
    probes: tuple[Probe, ...]
    engine: Engine
    seconds: float = 0.0
    _rows: list[tuple[int, dict[str, float]]] = field(default_factory=list)

    def is_watched(self, step_number: int) -> bool:
        """Whether the step of that number, counted from 1, is watched."""
        return step_number % self.every == 0

    def until_watched(self, step_number: int) -> int:
        """How many steps, from that of this number on, come before the next that is watched."""
        return -step_number % self.every

    @on_one_core()
    def measure(
        self, recipe: Recipe, numbers: Tree, before: Weights, after: Weights, shard: Shard, plan: Plan, i: int
    ) -> None:
        """Record what the probes say of step ``i`` of the plan, which led from ``before`` to ``after``."""
        data = shard.read() if self.engine.name == "numpy" else shard.placed
        found = self.engine.observe(recipe, self.probes, numbers, before, after, data, plan, i)
        self._rows.append((plan.first + i, found))

    def take_rows(self) -> dict[str, np.ndarray[Any, Any]]:
        """What was recorded since the last call: the numbers of the steps, and an array for each number."""
        rows, self._rows = self._rows, []
        return table_of(rows)


def make_watch(
    every: int | str | None, probes: tuple[Probe, ...], in_folder: bool, size: TrainingSize, engine: Engine
) -> Watch | None:
    """What ``fit(watch_every=every)`` asks for; None where nothing is watched. Raises ConfigError.

    Args:
        every: a number of steps; "auto" chooses one for a run in a folder (``in_folder``); 0 or None: never.
        probes: what a watched step records.
        in_folder: whether the training is kept in a run folder.
        size: what decides how often "auto" watches, and where is measured.
        engine: that of the training.
    """
    if every == "auto":
        chosen = choose_interval(size) if in_folder and probes else None
    elif every is None or (every == 0 and not isinstance(every, bool)):
        chosen = None
    elif isinstance(every, str):
        raise ConfigError(f'fit: watch_every must be a whole number or "auto", not {every!r}')
    else:
        validate.positive_int("fit", "watch_every", every)
        chosen = choose_measuring(size, int(every))
    if chosen is None:
        return None
    return Watch(chosen.every, probes, engine if chosen.engine == engine.name else Eager())


def table_of(rows: Sequence[tuple[int, dict[str, float]]]) -> dict[str, np.ndarray[Any, Any]]:
    """Rows of numbers by name as columns, with that of the steps first; empty without rows."""
    if not rows:
        return {}
    steps = np.array([step for step, _ in rows])
    return {"step": steps, **{name: np.array([row.get(name, np.nan) for _, row in rows]) for name in rows[0][1]}}
