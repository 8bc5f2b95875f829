"""Trees of arrays: nested dicts, tuples (named ones too) and lists with arrays as leaves; None is an empty branch.

A leaf's *path* joins the names on the way to it: ``dense_1/W``. JAX has the same walks, but the eager engine does
without importing JAX.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from pellucid.types import Array, Tree


def tree_map(function: Callable[..., Any], tree: Tree, *others: Tree) -> Tree:
    """The tree of ``function(leaf, *leaves of the others at the same place)``."""
    if not _is_branch(tree):
        return function(tree, *others)
    return _rebuilt(tree, (tree_map(function, child, *(o[name] for o in others)) for name, child in _children(tree)))


def tree_map_several(
    function: Callable[..., tuple[Any, ...]], count: int, tree: Tree, *others: Tree
) -> tuple[Tree, ...]:
    """``count`` trees, for a function that gives so many results for each leaf."""
    if not _is_branch(tree):
        return function(tree, *others)
    results = [tree_map_several(function, count, child, *(o[name] for o in others)) for name, child in _children(tree)]
    return tuple(_rebuilt(tree, (result[i] for result in results)) for i in range(count))


def items(tree: Tree, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every leaf with its path, in order."""
    if not _is_branch(tree):
        yield path, tree
        return
    for name, child in _children(tree):
        yield from items(child, _joined(path, name))


def leaves(tree: Tree) -> Iterator[Any]:
    """Every leaf, in order."""
    return (leaf for _, leaf in items(tree))


def flatten(tree: Tree) -> dict[str, Any]:
    """Leaves by path: ``{"dense_1/W": ..., "dense_1/b": ...}``. Empty branches leave no trace."""
    return dict(items(tree))


def replace_leaves(tree: Tree, values: Mapping[str, Any], path: str = "") -> Tree:
    """The same tree with the leaf at each path of ``values`` replaced."""
    if not _is_branch(tree):
        return values.get(path, tree)
    return _rebuilt(tree, (replace_leaves(child, values, _joined(path, name)) for name, child in _children(tree)))


def count_examples(tree: Tree) -> int:
    """The length of the first axis of the first leaf: the number of examples, in a tree of arrays (B, ...)."""
    return len(next(leaves(tree)))


def times_share(tree: Tree, share: Array) -> Tree:
    """Every leaf (B, ...) with each example times its ``share``, (B,)."""
    return tree_map(lambda leaf: leaf * share.reshape(-1, *(1,) * (leaf.ndim - 1)), tree)


def _is_branch(tree: Tree) -> bool:
    return tree is None or isinstance(tree, (dict, tuple, list))


def _children(tree: Tree) -> Iterable[tuple[Any, Tree]]:
    if isinstance(tree, dict):
        return tree.items()
    return enumerate(tree or ())


def _rebuilt(tree: Tree, children: Iterable[Tree]) -> Tree:
    if tree is None:
        return None
    if isinstance(tree, dict):
        return dict(zip(tree, children, strict=True))
    return type(tree)(*children) if hasattr(tree, "_fields") else type(tree)(children)


def _joined(path: str, name: Any) -> str:
    return f"{path}/{name}" if path else str(name)
