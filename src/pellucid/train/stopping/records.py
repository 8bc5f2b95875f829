"""Epochs one after another, with the lowest of their numbers found as they come."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pellucid.train.stopping.monitor import quantity


class EpochRecords(list[dict[str, Any]]):
    """The records of epochs, to which more are appended. ``lowest`` looks at each once, however often it is asked."""

    def __init__(self, records: Iterable[dict[str, Any]] = ()) -> None:
        super().__init__(records)
        self._lowest: dict[str, tuple[int, float]] = {}

    def lowest(self, name: str) -> float:
        """The lowest number of that name of all epochs. Raises ConfigError where one has no such number."""
        seen, least = self._lowest.get(name, (0, float("nan")))
        if seen == 0 or seen > len(self):
            seen, least = 1, quantity(self[0], name)
        for record in self[seen:]:
            least = min(least, quantity(record, name))
        self._lowest[name] = len(self), least
        return least
