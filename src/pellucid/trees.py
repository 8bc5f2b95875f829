"""Trees of arrays: nested dicts, tuples (named ones too) and lists with arrays as leaves; None is an empty branch.

A leaf's *path* joins the names on the way to it: ``dense_1/W``. JAX has the same walks, but the eager engine does
without importing JAX. A step of a small network would spend more time on walking its trees than on arithmetic, so that
the walks over a tree are two expressions (see ``tree_structure``): its leaves in order, and the tree of new leaves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from pellucid.types import Array, Tree

BRANCHES = (dict, tuple, list, type(None))
"""What is no leaf."""
LEAF = "leaf"


class Structure(NamedTuple):
    """How trees branch that differ in their leaves alone."""

    leaves: Callable[[Tree], list[Any]]
    """The leaves of a tree, in order; of any other tree, what it has in their places."""
    rebuild: Callable[..., Tree]
    """The tree that has these arguments for its leaves."""


def tree_structure(tree: Tree) -> Structure:
    """The structure of ``tree``, made once for all trees that branch alike.

    For ``{"W": 1, "b": [2, None]}`` that is ``lambda tree: [tree["W"], tree["b"][0]]`` and
    ``lambda leaf_1, leaf_2: {"W": leaf_1, "b": [leaf_2, None]}``.
    """
    return _structure(_branches(tree))


def tree_map(function: Callable[..., Any], tree: Tree, *others: Tree) -> Tree:
    """The tree of ``function(leaf, *leaves of the others at the same place)``."""
    if not isinstance(tree, BRANCHES):
        return function(tree, *others)
    structure = tree_structure(tree)
    return structure.rebuild(*map(function, structure.leaves(tree), *map(structure.leaves, others)))


def tree_map_several(
    function: Callable[..., tuple[Any, ...]], count: int, tree: Tree, *others: Tree
) -> tuple[Tree, ...]:
    """``count`` trees like ``tree``, for a function that gives so many results: the i-th tree has the i-th of each."""
    if not isinstance(tree, BRANCHES):
        return function(tree, *others)
    structure = tree_structure(tree)
    results = list(map(function, structure.leaves(tree), *map(structure.leaves, others)))
    return tuple(structure.rebuild(*[result[i] for result in results]) for i in range(count))


def items(tree: Tree, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every leaf with its path, in order."""
    if not isinstance(tree, BRANCHES):
        yield path, tree
        return
    for name, child in tree.items() if isinstance(tree, dict) else enumerate(tree or ()):
        yield from items(child, join_path(path, name))


def leaves(tree: Tree) -> Iterator[Any]:
    """Every leaf, in order."""
    if not isinstance(tree, BRANCHES):
        return iter((tree,))
    return iter(tree_structure(tree).leaves(tree))


def flatten(tree: Tree) -> dict[str, Any]:
    """Leaves by path: ``{"dense_1/W": ..., "dense_1/b": ...}``. Empty branches leave no trace."""
    return dict(items(tree))


def replace_leaves(tree: Tree, values: Mapping[str, Any], path: str = "") -> Tree:
    """The same tree with the leaf at each path of ``values`` replaced; ``path`` is that of the tree itself."""
    return tree_structure(tree).rebuild(*(values.get(place, leaf) for place, leaf in items(tree, path)))


def count_examples(tree: Tree) -> int:
    """The length of the first axis of the first leaf: the number of examples, in a tree of arrays (B, ...)."""
    return len(next(leaves(tree)))


def times_share(tree: Tree, share: Array) -> Tree:
    """Every leaf (B, ...) with each example times its ``share``: (B,), or one number for all."""
    return tree_map(lambda leaf: leaf * (share.reshape(-1, *(1,) * (leaf.ndim - 1)) if share.ndim else share), tree)


def join_path(path: str, name: Any) -> str:
    """The path of what is called ``name`` inside ``path``; "" is the root."""
    return f"{path}/{name}" if path else str(name)


def _branches(tree: Tree) -> Any:
    """Equal for trees that branch alike: kind, names and children of every branch."""
    if isinstance(tree, dict):
        children = [_branches(child) if isinstance(child, BRANCHES) else LEAF for child in tree.values()]
        return dict, tuple(tree), tuple(children)
    if isinstance(tree, (tuple, list)):
        children = [_branches(child) if isinstance(child, BRANCHES) else LEAF for child in tree]
        return type(tree), range(len(children)), tuple(children)
    return None if tree is None else LEAF


@lru_cache(maxsize=1024)
def _structure(branches: Any) -> Structure:
    """The structure that ``_branches`` tells, its functions written as Python and compiled."""
    places: list[str] = []
    scope: dict[str, Any] = {"__builtins__": {}}

    def literal(value: Any) -> str:
        if type(value) in (str, int):
            return repr(value)
        scope[name := f"constant_{len(scope)}"] = value
        return name

    def rebuilt(branches: Any, place: str) -> str:
        if branches == LEAF:
            places.append(place)
            return f"leaf_{len(places)}"
        if branches is None:
            return "None"
        kind, names, children = branches
        named = [literal(name) for name in names]
        parts = [rebuilt(child, f"{place}[{name}]") for name, child in zip(named, children, strict=True)]
        if kind is dict:
            return f"{{{', '.join(f'{name}: {part}' for name, part in zip(named, parts, strict=True))}}}"
        inside = ", ".join(parts)
        return f"{literal(kind)}({inside if hasattr(kind, '_fields') else f'[{inside}]'})"

    whole = rebuilt(branches, "tree")
    arguments = ", ".join(f"leaf_{i + 1}" for i in range(len(places)))
    return Structure(
        eval(f"lambda tree: [{', '.join(places)}]", scope),
        eval(f"lambda {arguments}: {whole}", scope),
    )
