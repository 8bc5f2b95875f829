"""Walks over trees, beside JAX's own."""

from __future__ import annotations

from typing import NamedTuple

import jax
import numpy as np

from pellucid.trees import (
    count_examples,
    flatten,
    leaves,
    replace_leaves,
    times_share,
    tree_map,
    tree_map_several,
    tree_structure,
)


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


def test_a_function_of_several_results_makes_as_many_trees():
    tens, ones = tree_map_several(divmod, 2, {"a": 23, "b": [7, None]}, {"b": [10, None], "a": 10})
    assert (tens, ones) == ({"a": 2, "b": [0, None]}, {"a": 3, "b": [7, None]})
    assert tree_map_several(divmod, 2, 23, 10) == (2, 3)


def test_replacing_leaves_leaves_the_rest():
    assert replace_leaves(TREE, {"dense_1/b": 20, "pair/1/c": 60, "nowhere": 0}) == {
        **TREE,
        "dense_1": {"W": 1, "b": 20},
        "pair": Pair(5, {"c": 60}),
    }


def test_a_structure_serves_all_trees_that_branch_alike():
    structure = tree_structure(TREE)
    assert structure is tree_structure(tree_map(lambda a: -a, TREE))
    assert structure.leaves(TREE) == [1, 2, 3, 4, 5, 6]
    assert structure.rebuild(*structure.leaves(TREE)) == TREE


def test_a_structure_finds_leaves_by_name_not_by_order():
    assert tree_structure({"a": 1, "b": 2}).leaves({"b": 3, "a": 4}) == [4, 3]


def test_a_name_may_be_anything_that_is_hashable():
    tree = {"it's": 1, 2: (), ("a", "b"): [3], None: None}
    assert tree_map(abs, tree) == tree


def test_trees_that_branch_otherwise_have_another_structure():
    others = [{"a": 1}, {"a": {}}, {"a": None}, {"a": []}, {"a": ()}, {"a": [1]}, {"b": 1}, [1], (1,), 1, None]
    assert len({id(tree_structure(tree)) for tree in others}) == len(others)


def test_a_leaf_alone_is_a_tree_without_a_path():
    assert flatten(3) == {"": 3}
    assert flatten(None) == {}
    assert replace_leaves(3, {"": 4}) == 4


def test_examples_are_counted_and_weighted_along_the_first_axis():
    tree = {"empty": {}, "a": np.ones((3, 2)), "b": np.ones((3, 2, 2))}
    assert count_examples(tree) == 3
    weighted = times_share(tree, np.array([1.0, 2.0, 0.0]))
    np.testing.assert_array_equal(weighted["a"], [[1, 1], [2, 2], [0, 0]])
    np.testing.assert_array_equal(weighted["b"][:, 1, 1], [1, 2, 0])
