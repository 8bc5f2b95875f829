"""Examples on disk, of which a part is read into memory."""

from __future__ import annotations

import numpy as np

from pellucid.data import OnDisk
from pellucid.trees import tree_map
from pellucid.types import Tree

ON_DISK, STRETCHES = 20_000, 20
"""How many examples are read, in so many stretches."""


def read_part(data: OnDisk) -> tuple[tuple[Tree, Tree], tuple[str, ...]]:
    """Inputs and targets from all over the data, in stretches at even distances; and a sentence on what is left out."""
    if data.examples <= ON_DISK:
        return data.read_checked(0, data.examples), ()
    length = ON_DISK // STRETCHES
    starts = np.linspace(0, data.examples - length, STRETCHES).astype(int)
    parts = [data.read_checked(int(start), int(start) + length) for start in starts]
    x, y = (tree_map(lambda *leaves: np.concatenate(leaves), *trees) for trees in zip(*parts, strict=True))
    return (x, y), (f"{ON_DISK:,} of {data.examples:,} examples on disk are looked at, from all over the data",)
