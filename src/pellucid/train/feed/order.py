"""In which order examples are taken, and the batch of some of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from pellucid.train.batch import Batch
from pellucid.trees import leaves, tree_map, tree_structure

ROWS = 1024
"""How many examples the network is used on at a time outside of training, to bound memory."""

SMALL_DATA = 2**22
"""Data of up to so many bytes are laid out in the order of an epoch before it: slicing a batch off takes a tenth of the
time of picking its examples out in each step.
"""


def batches(data: Batch, order: Any, batch_size: int, start: int, stop: int) -> Iterator[Batch]:
    """The batches of an epoch's steps ``start`` to ``stop - 1``, on NumPy.

    Args:
        data: all examples.
        order: the number of each example, in the order in which the epoch takes them.
        batch_size: how many examples a step takes; the last one takes what is left.
        start: the first step, counted from 0.
        stop: the step after the last.
    """
    if sum(leaf.nbytes for leaf in leaves(data)) > SMALL_DATA:
        for i in range(start, stop):
            yield take(data, order[i * batch_size : (i + 1) * batch_size])
        return
    rows = order[start * batch_size : stop * batch_size]
    laid_out = take(data, rows)
    structure = tree_structure(laid_out)
    columns = structure.leaves(laid_out)
    for i in range(0, len(rows), batch_size):
        yield structure.rebuild(*[column[i : i + batch_size] for column in columns])


def take(data: Batch, rows: Any) -> Batch:
    """The batch of these rows."""
    return Batch(*(tree_map(lambda leaf: leaf[rows], part) for part in data))


def order_of_examples(count: int, shuffle: bool, seed: int, epoch: int) -> np.ndarray[Any, np.dtype[np.int32]]:
    """In which order epoch ``epoch`` (counted from 0) takes the examples: by the seed and that number alone."""
    return shuffle_order(count, rng_of_epoch(seed, epoch) if shuffle else None)


def rng_of_epoch(seed: int, epoch: int) -> np.random.Generator:
    """What shuffles epoch ``epoch``, counted from 0."""
    return np.random.default_rng([seed % 2**64, epoch])


def shuffle_order(count: int, rng: np.random.Generator | None) -> np.ndarray[Any, np.dtype[np.int32]]:
    """The numbers below ``count``, shuffled; for None in order."""
    order = np.arange(count, dtype=np.int32)
    return order if rng is None else rng.permutation(order)
