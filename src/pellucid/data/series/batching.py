"""A long series cut into pieces, for learning what comes next."""

from __future__ import annotations

from typing import Any

import numpy as np

from pellucid import validate
from pellucid.errors import DataError


def split_into_streams(series: Any, streams: int, steps: int) -> tuple[np.ndarray, np.ndarray]:
    """``(x, y)`` with x pieces of the series, ``steps`` long, and y the same pieces one place later: what comes next.

    The series (T, ...) is cut into so many ``streams`` of equal length, and these into pieces. Example ``i * streams +
    b`` is piece i of stream b: in batches of ``streams`` examples, in this order, each example goes on where the one at
    its place in the batch before ended, as ``Recurrent(cell, streams=...)`` wants it. What is left over at the end of
    each stream, less than a piece, is in none. Shapes: x and y (N, steps, ...), N a multiple of ``streams``.
    Raises ConfigError unless both numbers are at least 1, DataError for a series too short for one piece a stream.
    """
    validate.positive_int("split_into_streams", "streams", streams)
    validate.positive_int("split_into_streams", "steps", steps)
    series = np.asarray(series)
    pieces = (len(series) // streams - 1) // steps if series.ndim else 0
    if pieces < 1:
        raise DataError(
            f"split_into_streams: a series of shape {series.shape} is too short for {streams} streams of {steps} steps "
            f"and the one after: at least {streams * (steps + 1)} are needed"
        )
    length = pieces * steps
    starts = np.arange(streams) * (len(series) // streams)

    def shifted_pieces(shift: int) -> np.ndarray:
        rows = np.stack([series[start + shift : start + shift + length] for start in starts])
        by_piece = rows.reshape(streams, pieces, steps, *series.shape[1:]).swapaxes(0, 1)
        return by_piece.reshape(pieces * streams, steps, *series.shape[1:])

    return shifted_pieces(0), shifted_pieces(1)


cut_in_streams = split_into_streams  # the earlier name
