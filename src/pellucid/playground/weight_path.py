"""The way that the weights went: the params at the start and after epochs, as many as a picture needs."""

from __future__ import annotations

from pellucid.trees import leaves
from pellucid.types import Params

MOST_PLACES = 400
MOST_NUMBERS = 1 << 22
"""So many places are kept, of large networks fewer: all together have at most so many numbers."""


class WeightPath:
    """Places in the order of the training. When there are too many, every second one goes, and fewer come."""

    def __init__(self, first: Params) -> None:
        self.places: list[Params] = [first]
        self._every, self._since = 1, 0
        size = sum(leaf.size for leaf in leaves(first))
        self._most = max(8, min(MOST_PLACES, MOST_NUMBERS // max(size, 1)))

    def add(self, params: Params) -> None:
        """The weights after one more epoch."""
        self._since += 1
        if self._since < self._every:
            return
        self.places.append(params)
        self._since = 0
        if len(self.places) > self._most:
            self.places, self._every = self.places[::2], 2 * self._every
