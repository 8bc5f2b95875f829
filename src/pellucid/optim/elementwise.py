"""An elementwise function on trees of weights: on NumPy, the leaves of a small network go through it as one vector.

A call of NumPy on a few numbers takes about as long as on a few thousand, so that for a small network the calls count,
not the numbers. Each element is computed as it would be in its own leaf, so the results are the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from pellucid.ops import is_numpy
from pellucid.trees import leaves_at, rebuild
from pellucid.types import Array, Tree

FEW_ELEMENTS = 4096
"""Up to so many elements, copying all leaves into one vector takes less time than calls for each leaf."""


def map_elementwise(
    function: Callable[..., tuple[Array, ...]], count: int, tree: Tree, *others: Tree
) -> tuple[Tree, ...]:
    """``count`` trees like ``tree``, for a function of each element alone that gives so many results.

    At each place all trees have the same shape, and the results get the dtype of ``tree`` there.
    """
    columns = [leaves_at(tree, each) for each in (tree, *others)]
    own = columns[0]
    if _is_small(own):
        vectors = function(*[np.concatenate([leaf.ravel() for leaf in column]) for column in columns])
        return tuple(rebuild(tree, _cut(_in_dtype(vector, own[0].dtype), own)) for vector in vectors)
    results = list(map(function, *columns))
    return tuple(
        rebuild(tree, iter([_in_dtype(result[i], leaf.dtype) for result, leaf in zip(results, own, strict=True)]))
        for i in range(count)
    )


def _in_dtype(array: Array, dtype: Any) -> Array:
    return array if array.dtype == dtype else array.astype(dtype)


def _is_small(leaves: list[Array]) -> bool:
    """Whether these are several NumPy arrays of one dtype with few elements."""
    if len(leaves) < 2 or not is_numpy(leaves[0]) or len({leaf.dtype for leaf in leaves}) > 1:
        return False
    return bool(sum([leaf.size for leaf in leaves]) <= FEW_ELEMENTS)


def _cut(vector: Array, like: list[Array]) -> Iterator[Array]:
    """The vector in pieces of the shapes of ``like``."""
    start = 0
    for leaf in like:
        yield vector[start : start + leaf.size].reshape(leaf.shape)
        start += leaf.size
