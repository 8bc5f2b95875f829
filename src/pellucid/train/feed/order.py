"""In which order examples are taken, and the batch of some of them."""

from __future__ import annotations

from typing import Any

import numpy as np

from pellucid.train.batch import Batch
from pellucid.trees import tree_map

ROWS = 1024
"""How many examples the network is used on at a time outside of training, to bound memory."""


def take(data: Batch, rows: Any) -> Batch:
    """The batch of these rows."""
    return Batch(*(tree_map(lambda leaf: leaf[rows], part) for part in data))


def order_of_examples(count: int, shuffle: bool, seed: int, epoch: int) -> np.ndarray[Any, np.dtype[np.int32]]:
    """In which order epoch ``epoch`` (counted from 0) takes the examples: by the seed and that number alone."""
    return shuffled(count, rng_of_epoch(seed, epoch) if shuffle else None)


def rng_of_epoch(seed: int, epoch: int) -> np.random.Generator:
    """What shuffles epoch ``epoch``, counted from 0."""
    return np.random.default_rng([seed % 2**64, epoch])


def shuffled(count: int, rng: np.random.Generator | None) -> np.ndarray[Any, np.dtype[np.int32]]:
    """The numbers below ``count``, shuffled; for None in order."""
    order = np.arange(count, dtype=np.int32)
    return order if rng is None else rng.permutation(order)
