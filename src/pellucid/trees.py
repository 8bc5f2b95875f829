"""Trees of arrays: nested dicts, tuples (named ones too) and lists with arrays as leaves; None is an empty branch.

A leaf's *path* joins the names on the way to it: ``dense_1/W``. JAX has the same walks, but the eager engine does
without importing JAX. A step of a small network spends more time here than on arithmetic, so there are two plain loops,
``_gather`` and ``rebuild``, on which the rest stands: take the leaves out in order, put results in their places.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from pellucid.types import Array, Tree

BRANCHES = (dict, tuple, list, type(None))
"""What is no leaf."""


def tree_map(function: Callable[..., Any], tree: Tree, *others: Tree) -> Tree:
    """The tree of ``function(leaf, *leaves of the others at the same place)``."""
    if not isinstance(tree, BRANCHES):
        return function(tree, *others)
    columns = [leaves_at(tree, other) for other in others]
    return rebuild(tree, map(function, leaves_at(tree, tree), *columns))


def items(tree: Tree, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every leaf with its path, in order."""
    if not isinstance(tree, BRANCHES):
        yield path, tree
        return
    for name, child in tree.items() if isinstance(tree, dict) else enumerate(tree or ()):
        yield from items(child, f"{path}/{name}" if path else str(name))


def leaves(tree: Tree) -> Iterator[Any]:
    """Every leaf, in order."""
    return iter(leaves_at(tree, tree))


def leaves_at(tree: Tree, other: Tree) -> list[Any]:
    """What ``other`` has at the places of the leaves of ``tree``, in the order of ``tree``."""
    found: list[Any] = []
    _gather(tree, other, found)
    return found


def rebuild(tree: Tree, values: Iterator[Any]) -> Tree:
    """The same tree with ``values`` for its leaves, in order."""
    if isinstance(tree, dict):
        return {
            name: rebuild(child, values) if isinstance(child, BRANCHES) else next(values)
            for name, child in tree.items()
        }
    if isinstance(tree, (tuple, list)):
        children = [rebuild(child, values) for child in tree]
        return type(tree)(*children) if hasattr(tree, "_fields") else type(tree)(children)
    return None if tree is None else next(values)


def flatten(tree: Tree) -> dict[str, Any]:
    """Leaves by path: ``{"dense_1/W": ..., "dense_1/b": ...}``. Empty branches leave no trace."""
    return dict(items(tree))


def replace_leaves(tree: Tree, values: Mapping[str, Any], path: str = "") -> Tree:
    """The same tree with the leaf at each path of ``values`` replaced; ``path`` is that of the tree itself."""
    return rebuild(tree, (values.get(place, leaf) for place, leaf in items(tree, path)))


def count_examples(tree: Tree) -> int:
    """The length of the first axis of the first leaf: the number of examples, in a tree of arrays (B, ...)."""
    return len(next(leaves(tree)))


def times_share(tree: Tree, share: Array) -> Tree:
    """Every leaf (B, ...) with each example times its ``share``, (B,)."""
    return tree_map(lambda leaf: leaf * share.reshape(-1, *(1,) * (leaf.ndim - 1)), tree)


def join_path(path: str, name: Any) -> str:
    """The path of what is called ``name`` inside ``path``; "" is the root."""
    return f"{path}/{name}" if path else str(name)


def _gather(tree: Tree, other: Tree, found: list[Any]) -> None:
    if isinstance(tree, dict):
        for name, child in tree.items():
            if isinstance(child, BRANCHES):
                _gather(child, other[name], found)
            else:
                found.append(other[name])
    elif isinstance(tree, (tuple, list)):
        for i, child in enumerate(tree):
            _gather(child, other[i], found)
    elif tree is not None:
        found.append(other)
