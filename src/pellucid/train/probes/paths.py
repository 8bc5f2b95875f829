"""The arrays that probes measure, each with the path that begins its numbers' names."""

from __future__ import annotations

from collections.abc import Iterator

from pellucid.masked import values_of
from pellucid.train.probes.probe import WatchedStep
from pellucid.trees import items
from pellucid.types import Array


def arrays_of_layers(step: WatchedStep, part: str) -> Iterator[tuple[str, Array]]:
    """``part`` ("y", "dy" ...) of every layer: the values of a masked sequence; of a dict, each array.

    The path ends with a slash, ``dense_1/``; it is empty where the whole network is one layer.
    """
    for path, tap in step.taps.items():
        for name, array in items(values_of(tap[part]), path):
            yield f"{name}/" if name else "", array
