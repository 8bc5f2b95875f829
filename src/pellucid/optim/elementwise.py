"""An elementwise function on trees of weights: on NumPy, the leaves of a small network go through it as one vector.

A call of NumPy on a few numbers takes about as long as on a few thousand, so that for a small network the calls count,
not the numbers. Each element is computed as it would be in its own leaf, so the results are the same.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import lru_cache
from itertools import accumulate
from typing import Any

import numpy as np

from pellucid.ops import is_numpy
from pellucid.trees import tree_structure
from pellucid.types import Array, Tree

FEW_ELEMENTS = 4096
"""Up to so many elements, copying all leaves into one vector takes less time than calls for each leaf."""


def map_elementwise(
    function: Callable[..., tuple[Array, ...]], count: int, tree: Tree, *others: Tree
) -> tuple[Tree, ...]:
    """``count`` trees like ``tree``, for a function of each element alone that gives so many results.

    At each place all trees have the same shape, and the results get the dtype of ``tree`` there.
    """
    structure = tree_structure(tree)
    columns = [structure.leaves(each) for each in (tree, *others)]
    own = columns[0]
    if (
        own
        and is_numpy(own[0])
        and (pieces := _pieces(tuple([(leaf.shape, leaf.dtype) for leaf in own]), FEW_ELEMENTS))
    ):
        vectors = function(*[np.concatenate([leaf.ravel() for leaf in column]) for column in columns])
        vectors = tuple([_in_dtype(vector, own[0].dtype) for vector in vectors])
        return tuple([structure.rebuild(*[v[piece].reshape(shape) for piece, shape in pieces]) for v in vectors])
    results = list(map(function, *columns))
    return tuple(
        structure.rebuild(*[_in_dtype(result[i], leaf.dtype) for result, leaf in zip(results, own, strict=True)])
        for i in range(count)
    )


def _in_dtype(array: Array, dtype: Any) -> Array:
    return array if array.dtype == dtype else array.astype(dtype)


@lru_cache(maxsize=256)
def _pieces(leaves: tuple[tuple[tuple[int, ...], Any], ...], most: int) -> tuple[tuple[slice, tuple[int, ...]], ...]:
    """Where each leaf lies in the one vector of all, and its shape, for leaves of these shapes and dtypes.

    Nothing for a single leaf, for leaves of several dtypes and for more than ``most`` elements.
    """
    ends = list(accumulate(math.prod(shape) for shape, _ in leaves))
    if len(leaves) < 2 or len({dtype for _, dtype in leaves}) > 1 or ends[-1] > most:
        return ()
    return tuple(
        (slice(start, end), shape) for start, end, (shape, _) in zip([0, *ends[:-1]], ends, leaves, strict=True)
    )
