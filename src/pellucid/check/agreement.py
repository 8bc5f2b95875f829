"""The comparison of two trees of arrays, leaf by leaf, and the message where they differ."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from pellucid.errors import ConformanceError
from pellucid.types import Array

EXACT = 1e-10
"""How far, relative to the largest number of the array, two results may differ that should be equal."""

ROUNDING = 1e-14
"""How far they may differ in any case, relative to the largest number of all arrays: sums that come to nothing do."""


def require_equal(got: Mapping[str, Array], wanted: Mapping[str, Array], by: str, instead: str) -> None:
    """The same leaves, by path, of the same shapes and numbers; ``by`` and ``instead`` say where each comes from."""
    require_shapes(got, wanted, by)
    largest = max((np.abs(leaf).max(initial=0.0) for leaf in wanted.values()), default=0.0)
    for path, b in wanted.items():
        a = np.asarray(got[path])
        bound = EXACT * np.abs(b).max(initial=0.0) + ROUNDING * largest
        wrong = ~(np.abs(a.astype(np.float64) - b) <= bound) & ~((a == b) | (np.isnan(a) & np.isnan(b)))
        if wrong.any():
            where = tuple(map(int, np.argwhere(wrong)[0]))
            raise ConformanceError(
                f"{path} at {list(where)} is {a[where]:.12g} by {by}, but {b[where]:.12g} by {instead}"
            )


def require_shapes(got: Mapping[str, Array], wanted: Mapping[str, Array], by: str) -> None:
    """The same leaves, by path, of the same shapes."""
    require_paths(got, wanted, by)
    for path, leaf in wanted.items():
        if np.shape(got[path]) != np.shape(leaf):
            raise ConformanceError(f"{path} has shape {np.shape(got[path])} by {by}, but must have {np.shape(leaf)}")


def require_paths(got: Mapping[str, Array], wanted: Mapping[str, Array], by: str) -> None:
    """The same leaves, by path."""
    for what, paths in (("lacks", wanted.keys() - got.keys()), ("has more than asked:", got.keys() - wanted.keys())):
        if paths:
            raise ConformanceError(f"{by} {what} {', '.join(sorted(paths))}")
