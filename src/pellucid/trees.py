"""Trees of arrays: nested dicts, tuples and lists with arrays as leaves.

A leaf's *path* joins the names on the way to it: ``dense_1/W``. JAX has the same walks, but the eager engine does
without importing JAX.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from pellucid.types import Tree


def tree_map(function: Callable[..., Any], tree: Tree, *others: Tree) -> Tree:
    """The tree of ``function(leaf, *leaves of the others at the same place)``."""
    if isinstance(tree, dict):
        return {name: tree_map(function, child, *(o[name] for o in others)) for name, child in tree.items()}
    if isinstance(tree, (tuple, list)):
        return type(tree)(tree_map(function, *children) for children in zip(tree, *others, strict=True))
    return function(tree, *others)


def leaves(tree: Tree) -> Iterator[Any]:
    """Every leaf, in order."""
    return (leaf for _, leaf in items(tree))


def items(tree: Tree, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every leaf with its path, in order."""
    if isinstance(tree, dict):
        children: Any = tree.items()
    elif isinstance(tree, (tuple, list)):
        children = enumerate(tree)
    else:
        yield path, tree
        return
    for name, child in children:
        yield from items(child, f"{path}/{name}" if path else str(name))


def flatten(tree: Tree) -> dict[str, Any]:
    """Leaves by path: ``{"dense_1/W": ..., "dense_1/b": ...}``. Empty branches leave no trace."""
    return dict(items(tree))


def replace_leaves(tree: Tree, values: dict[str, Any], path: str = "") -> Tree:
    """The same tree with the leaf at each path of ``values`` replaced."""
    if isinstance(tree, dict):
        return {name: replace_leaves(child, values, f"{path}/{name}" if path else name) for name, child in tree.items()}
    if isinstance(tree, (tuple, list)):
        return type(tree)(
            replace_leaves(child, values, f"{path}/{i}" if path else str(i)) for i, child in enumerate(tree)
        )
    return values.get(path, tree)
