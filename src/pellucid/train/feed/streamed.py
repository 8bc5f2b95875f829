"""Data on disk as shards: read a shard ahead, shuffled by block and within each shard."""

from __future__ import annotations

import math
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing
from typing import Any

import numpy as np

from pellucid.data import OnDisk
from pellucid.errors import DataError
from pellucid.train.batch import Batch, count_steps
from pellucid.train.feed.order import ROWS, shuffle_order
from pellucid.train.feed.prefetch import map_ahead
from pellucid.train.feed.shards import Examples, Place, Shard
from pellucid.trees import leaves, tree_map
from pellucid.types import Tree

WINDOW_BYTES = 2**26
"""About how much is in memory in a shard, unless ``fit`` is told otherwise."""
FEWEST_BLOCKS = 20
"""Data is cut into at least so many blocks, so that some can be held out."""

Stretch = tuple[int, int]
"""Rows from the first number to the one before the second."""


class Streamed(Examples):
    """Examples of ``data`` in ``blocks`` of consecutive rows, a shard of about ``window_bytes`` at a time."""

    def __init__(self, data: OnDisk, window_bytes: int = WINDOW_BYTES, blocks: Sequence[Stretch] | None = None) -> None:
        self.data, self.window_bytes = data, window_bytes
        row = Batch(*data.read_checked(0, 1))
        self._row_bytes = max(1, sum(leaf.nbytes for leaf in leaves(row)))
        rows = max(1, min(data.block_bytes, window_bytes) // self._row_bytes)
        rows = min(rows, -(-data.examples // FEWEST_BLOCKS))
        self.blocks = blocks or [(i, min(i + rows, data.examples)) for i in range(0, data.examples, rows)]
        self.sample = Batch(*data.read_checked(*self.blocks[0]))
        self._check: Callable[[Any, Any], None] | None = None

    @property
    def examples(self) -> int:
        return sum(stop - start for start, stop in self.blocks)

    def held_out(self, share: float, seed: int) -> tuple[Streamed, Streamed]:
        """The data without a ``share`` of its blocks, chosen by the seed, and those blocks."""
        count = len(self.blocks)
        if count < 2:
            raise DataError(f"{self.data.name}: {self.examples} examples are too few to hold out a share of them")
        order = np.random.default_rng(seed % 2**64).permutation(count)
        held = sorted(order[: min(max(1, round(share * count)), count - 1)])
        kept = sorted(set(range(count)) - set(held))
        train, validation = (
            Streamed(self.data, self.window_bytes, [self.blocks[i] for i in part]) for part in (kept, held)
        )
        return train, validation

    def require_targets(self, check: Callable[[Tree], None]) -> None:
        check(self.sample.target)
        self._check = lambda x, y: check(y)

    def shards(self, rng: np.random.Generator | None, batch_size: int, place: Place) -> Generator[Shard, None, None]:
        def load(plan: tuple[list[Stretch], np.ndarray[Any, Any]]) -> Shard:
            stretches, order = plan
            return Shard(place(self._read(stretches)), order, lambda: self._read(stretches))

        with closing(map_ahead(load, self._plans(rng, batch_size))) as shards:
            yield from shards

    def parts(self) -> Generator[Batch, None, None]:
        with closing(self.shards(None, ROWS, lambda batch: batch)) as shards:
            yield from (shard.placed for shard in shards)

    def _plans(
        self, rng: np.random.Generator | None, batch_size: int
    ) -> Iterator[tuple[list[Stretch], np.ndarray[Any, Any]]]:
        """Which rows each shard has, and in which order they are taken: blocks are shuffled, then rows in shards."""
        steps = count_steps(self.examples, batch_size)
        count = -(-self.examples * self._row_bytes // self.window_bytes)
        blocks = self.blocks if rng is None else [self.blocks[i] for i in shuffle_order(len(self.blocks), rng)]
        for stretches in _cut(blocks, -(-steps // count) * batch_size):
            if rng is not None:
                stretches.sort()  # as they lie on disk: the rows are shuffled next
            yield stretches, shuffle_order(sum(stop - start for start, stop in stretches), rng)

    def _read(self, stretches: Sequence[Stretch]) -> Batch:
        """The rows of these stretches, one after another."""
        count = sum(stop - start for start, stop in stretches)
        whole: Batch = tree_map(lambda leaf: _aligned((count, *leaf.shape[1:]), leaf.dtype), self.sample)
        filled = 0
        for start, stop in stretches:
            part = Batch(*self.data.read_checked(start, stop, self._check))
            for to, leaf in zip(leaves(whole), leaves(part), strict=True):
                self._require_like(to, leaf, start, stop)
                to[filled : filled + len(leaf)] = leaf
            filled += stop - start
        return whole

    def _require_like(self, to: np.ndarray[Any, Any], leaf: np.ndarray[Any, Any], start: int, stop: int) -> None:
        """Raise DataError for an array unlike those of the first rows."""
        given, wanted = (f"{array.dtype} of shape {array.shape[1:]}" for array in (leaf, to))
        if given != wanted or len(leaf) != stop - start:
            raise DataError(
                f"{self.data.name}, rows {start} to {stop - 1}: {len(leaf)} examples, {given}; the first are {wanted}"
            )


def _cut(blocks: Sequence[Stretch], size: int) -> Iterator[list[Stretch]]:
    """The blocks in lists of ``size`` rows, the last with what is left; a block may go on in the next list."""
    gathered: list[Stretch] = []
    room = size
    for start, stop in blocks:
        while start < stop:
            end = min(stop, start + room)
            gathered.append((start, end))
            room -= end - start
            start = end
            if room == 0:
                yield gathered
                gathered, room = [], size
    if gathered:
        yield gathered


def _aligned(shape: tuple[int, ...], dtype: np.dtype[Any]) -> np.ndarray[Any, Any]:
    """An array to be filled that begins at a multiple of 64 bytes: JAX uses it on a CPU without copying it."""
    size = math.prod(shape) * dtype.itemsize
    raw = np.empty(size + 64, np.uint8)
    start = -raw.ctypes.data % 64
    return raw[start : start + size].view(dtype).reshape(shape)
