"""The random numbers of augmentations: in float32, so that one key draws the same in either precision."""

from __future__ import annotations

import numpy as np

from pellucid import ops
from pellucid.types import Array, Key


def bernoulli(key: Key, rate: float, *shape: int) -> Array:
    """Booleans of ``shape``, each true with probability ``rate``."""
    return ops.uniform(key, shape, np.float32) < rate


def random_integers(key: Key, ends: int | Array, *shape: int) -> Array:
    """Whole numbers of ``shape``, each from 0 to its end - 1, all equally likely."""
    xp = ops.namespace(key)
    return xp.floor(ops.uniform(key, shape, np.float32) * xp.asarray(ends, dtype=np.float32)).astype("int32")


def symmetric_uniform(key: Key, limit: float, *shape: int) -> Array:
    """Numbers of ``shape`` from ``-limit`` to ``limit``."""
    return (2.0 * ops.uniform(key, shape, np.float32) - 1.0) * limit
