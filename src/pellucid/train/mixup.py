"""Mixup: batches of mixtures, each of two examples."""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np

from pellucid import ops
from pellucid.layer import Loss
from pellucid.losses import MixedLoss
from pellucid.train.batch import Batch
from pellucid.trees import leaves, times_share, tree_map
from pellucid.types import Array, Key


class Pairs(NamedTuple):
    """For each example the number of its ``partner`` in the batch, and its own ``share`` of the mixture. Both (B,)."""

    partner: Array
    share: Array


def mix_batch(batch: Batch, loss: Loss, key: Key, alpha: Any) -> tuple[Batch, Loss]:
    """The batch with ``x <- share x + (1 - share) x'``, x' being another of its examples, and the loss for it.

    Source: Zhang, Cisse, Dauphin and Lopez-Paz 2018, "mixup: beyond empirical risk minimization", section 2.
    """
    return mix_pairs(batch, loss, draw_pairs(batch, key, alpha))


def draw_pairs(batch: Batch, key: Key, alpha: Any) -> Pairs:
    """A partner for each example of the batch, in a random order, and shares from the Beta distribution."""
    order = ops.bits(ops.fold_in(key, 0), (batch.examples,)).argsort(stable=True)
    return Pairs(order, draw_shares(ops.fold_in(key, 1), batch.examples, alpha, next(leaves(batch.x)).dtype))


def mix_pairs(batch: Batch, loss: Loss, pairs: Pairs) -> tuple[Batch, Loss]:
    """The batch of these mixtures and the loss for it, which mixes the targets; weights are mixed like x."""
    order, share = pairs

    def mix(leaf: Array) -> Array:
        return times_share(leaf, share) + times_share(leaf[order], 1.0 - share)

    target = {"first": batch.target, "second": tree_map(lambda leaf: leaf[order], batch.target), "share": share}
    mixture = batch._replace(x=tree_map(mix, batch.x), target=target, weight=tree_map(mix, batch.weight))
    return mixture, MixedLoss(loss)


def draw_shares(key: Key, count: int, alpha: Any, dtype: Any) -> Array:
    """Numbers from the Beta distribution with both parameters ``alpha``, folded to the half from 1/2 to 1.

    Folding makes an example the larger part of its own mixture; which of a pair comes first means nothing else.
    With u and v uniform: ``1/2 + 1/2 sqrt((1 - r) c / (r + (1 - r) c))``, ``r = u^(1 / alpha)``,
    ``c = cos(2 pi v)^2`` (a polar method: Devroye 1996, "Random variate generation in one line of code").
    """
    xp = ops.namespace(key)
    u, v = ops.uniform(key, (2, count), np.float32).astype(dtype)
    r, c = u ** (1.0 / alpha), xp.cos(2.0 * math.pi * v) ** 2
    return 0.5 + 0.5 * xp.sqrt((1.0 - r) * c / (r + (1.0 - r) * c))
