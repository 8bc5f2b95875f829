"""Examples on disk, of which a part is read into memory."""

from __future__ import annotations

import numpy as np

from pellucid.data import OnDisk, Split
from pellucid.trees import tree_map

ON_DISK, STRETCHES = 20_000, 20
"""How many examples are read, in so many stretches."""


def split_on_disk(data: OnDisk) -> Split:
    """Examples from all over the data: stretches at even distances."""
    if data.examples <= ON_DISK:
        return Split(*data.read_checked(0, data.examples))
    length = ON_DISK // STRETCHES
    starts = np.linspace(0, data.examples - length, STRETCHES).astype(int)
    parts = [data.read_checked(int(start), int(start) + length) for start in starts]
    return Split(*(tree_map(lambda *leaves: np.concatenate(leaves), *trees) for trees in zip(*parts, strict=True)))
