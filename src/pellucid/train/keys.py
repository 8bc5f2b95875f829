"""Which keys a training draws with: one for its first weights, one for its steps, both by the seed alone."""

from __future__ import annotations

from pellucid import ops
from pellucid.types import Key


def weights_key(seed: int) -> Key:
    """The key that first weights are drawn with."""
    return ops.fold_in(ops.key(seed), 0)


def steps_key(seed: int) -> Key:
    """The key of all steps: step ``t``, counted from 1, draws with ``ops.fold_in(steps_key(seed), t)``."""
    return ops.fold_in(ops.key(seed), 1)
