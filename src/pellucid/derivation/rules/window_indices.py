"""Where windows stand: which number a window has at a place, and which windows see a number."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import product
from typing import TypeAlias

import numpy as np

from pellucid.derivation.rules.rule import Index
from pellucid.layers.windows import Windows

Rows: TypeAlias = tuple[tuple[float, ...], ...]


class WindowIndices:
    """Of windows on (B, *S, C), a number at a time: place i of window n has ``stride n + dilation i - before``."""

    def __init__(self, windows: Windows) -> None:
        self.windows = windows
        self._befores = tuple(before for before, _ in windows.padding)

    def all_windows(self) -> Iterator[Index]:
        """Every window, row by row."""
        return product(*map(range, self.windows.counts))

    def all_places(self) -> Iterator[Index]:
        """Every place in a window, row by row."""
        return product(*map(range, self.windows.size))

    def position(self, window: Index, place: Index) -> Index | None:
        """What the window has at this place; None where that is padding."""
        at = self.windows
        axes = zip(window, at.stride, place, at.dilation, self._befores, strict=True)
        found = tuple(stride * n + dilation * i - before for n, stride, i, dilation, before in axes)
        return found if all(0 <= p < length for p, length in zip(found, at.space, strict=True)) else None

    def positions(self, window: Index) -> Iterator[tuple[Index, Index]]:
        """All places of a window that are not padding, each with what it has."""
        for place in self.all_places():
            found = self.position(window, place)
            if found is not None:
                yield place, found

    def windows_over(self, position: Index) -> Iterator[tuple[Index, Index]]:
        """All windows that see the number at ``position``, each with the place where they do."""
        for ways in product(*(self._along(axis, p) for axis, p in enumerate(position))):
            yield tuple(n for n, _ in ways), tuple(i for _, i in ways)

    def values_in(self, x: np.ndarray, window: Index, around: float) -> Rows:
        """What the window has of one example and channel, x (*S,); ``around`` is what stands in the padding."""
        return self.as_rows(
            around if (at := self.position(window, place)) is None else float(x[at]) for place in self.all_places()
        )

    def as_rows(self, numbers: Iterable[float]) -> Rows:
        """Numbers, one for each place of a window, as they lie."""
        rows = np.reshape(list(numbers), (-1, self.windows.size[-1])).tolist()
        return tuple(map(tuple, rows))

    def flat_index(self, place: Index) -> int:
        """The places of a window counted through, row by row."""
        count = 0
        for i, size in zip(place, self.windows.size, strict=True):
            count = count * size + i
        return count

    def _along(self, axis: int, position: int) -> list[tuple[int, int]]:
        """On one axis, the pairs of window and place that are at ``position``."""
        at = self.windows
        starts = [(position + self._befores[axis] - at.dilation[axis] * i, i) for i in range(at.size[axis])]
        stride, count = at.stride[axis], at.counts[axis]
        return [(start // stride, i) for start, i in starts if start % stride == 0 and 0 <= start // stride < count]
