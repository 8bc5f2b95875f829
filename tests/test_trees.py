"""Walks over trees, beside JAX's own."""

from __future__ import annotations

from typing import NamedTuple

import jax
import numpy as np

from pellucid.trees import flatten, leaves, replace_leaves, tree_map


class Pair(NamedTuple):
    a: object
    b: object


TREE = {"dense_1": {"W": 1, "b": 2}, "relu_1": {}, "parts": (3, [4, None]), "pair": Pair(5, {"c": 6})}


def test_paths_are_joined_names():
    assert flatten(TREE) == {
        "dense_1/W": 1,
        "dense_1/b": 2,
        "parts/0": 3,
        "parts/1/0": 4,
        "pair/0": 5,
        "pair/1/c": 6,
    }


def test_mapping_is_what_jax_does():
    assert tree_map(lambda a, b: a + b, TREE, TREE) == jax.tree.map(lambda a: 2 * a, TREE)
    assert isinstance(tree_map(abs, TREE)["pair"], Pair)
    assert sorted(leaves(TREE)) == sorted(jax.tree.leaves(TREE))
    assert tree_map(np.negative, 3) == -3


def test_replacing_leaves_leaves_the_rest():
    assert replace_leaves(TREE, {"dense_1/b": 20, "pair/1/c": 60, "nowhere": 0}) == {
        **TREE,
        "dense_1": {"W": 1, "b": 20},
        "pair": Pair(5, {"c": 60}),
    }
