"""Which keys a playground draws with, beside those of every training: by the seed alone, for any engine."""

from __future__ import annotations

import numpy as np

from pellucid import ops
from pellucid.types import Key


def data_key(seed: int) -> Key:
    """The key that points are drawn with; draw number ``n`` of a data set takes ``ops.fold_in(data_key(seed), n)``."""
    return ops.fold_in(ops.key(seed), 2)


def order_of_epoch(count: int, seed: int, epoch: int) -> np.ndarray:
    """In which order epoch ``epoch``, counted from 0, takes the training points: (count,)."""
    return random_order(count, ops.fold_in(ops.fold_in(ops.key(seed), 3), epoch))


def random_order(count: int, key: Key) -> np.ndarray:
    """The numbers below ``count`` in the order of one random word each; what ties stays in order."""
    return np.argsort(ops.bits(key, (count,)), kind="stable").astype(np.int32)
