"""What a training goes through: shards of examples that are in memory together. Data in memory is one shard."""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from pellucid.train.batch import Batch
from pellucid.train.feed.order import shuffle_order
from pellucid.types import Tree

Place = Callable[[Batch], Batch]
"""Puts a batch where the engine works."""


@dataclass(frozen=True)
class Shard:
    """Examples in memory, ``placed`` where the engine works, and the order in which they are taken. ``read`` gives the
    same examples as they came.
    """

    placed: Batch
    order: np.ndarray[Any, np.dtype[np.int32]]
    read: Callable[[], Batch]


class Examples(Protocol):
    """Data to train on or to measure, wherever it lies. ``sample`` is some of it, or all: it has its shapes, dtypes."""

    sample: Batch

    @property
    def examples(self) -> int:
        """How many there are."""

    def require_targets(self, check: Callable[[Tree], None]) -> None:
        """Have ``check`` see every target: now, or as it is read."""

    def shards(self, rng: np.random.Generator | None, batch_size: int, place: Place) -> Generator[Shard, None, None]:
        """All examples, each once, shuffled by ``rng``, or in their order for None. Every shard but the last holds
        a multiple of ``batch_size``. Close the generator when done with it.
        """

    def parts(self) -> Generator[Batch, None, None]:
        """All examples in their order. Close the generator when done with it."""


class InMemory(Examples):
    """One shard, placed once."""

    def __init__(self, batch: Batch) -> None:
        self.sample = batch
        self._placed: Batch | None = None

    @property
    def examples(self) -> int:
        return self.sample.examples

    def require_targets(self, check: Callable[[Tree], None]) -> None:
        check(self.sample.target)

    def shards(self, rng: np.random.Generator | None, batch_size: int, place: Place) -> Generator[Shard, None, None]:
        if self._placed is None:
            self._placed = place(self.sample)
        yield Shard(self._placed, shuffle_order(self.examples, rng), lambda: self.sample)

    def parts(self) -> Generator[Batch, None, None]:
        yield self.sample
