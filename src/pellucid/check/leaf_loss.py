"""The loss along the entries of one leaf, evaluated no more than it must be.

A weight changes nothing before its own layer: what comes before runs once, and only the rest for each difference. In
a layer such as ``Dense`` it changes one unit of the output alone: so the layer runs once with a weight of every unit
moved, and each unit of that output, beside the others as they were, is one input of the rest. Every value is still
the loss that ``forward`` gives with that one weight moved; no slope is used anywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial

import numpy as np

from pellucid.check import oracles
from pellucid.check.problem import Problem
from pellucid.combinators import Chain
from pellucid.layer import Layer
from pellucid.trees import flatten, replace_leaves
from pellucid.types import Array, Tree


@dataclass(frozen=True)
class LeafLoss:
    """The loss of ``problem`` along the entries of the leaf at ``path``, at any point; compiled once if at all."""

    problem: Problem
    path: str

    def line(self, tree: Tree, count: int) -> oracles.LineValues:
        """The loss along the entries, at ``tree``; ``count`` of them will be asked for at a time."""
        tree = self.reaching(tree)
        if count <= oracles.LOOP_UP_TO:
            return oracles.one_by_one(self._parts[2].value, tree, self.path)
        if self.units_apart(tree):
            return partial(self._by_unit, tree)
        return partial(self._side_by_side, tree)

    def reaching(self, tree: Tree) -> Tree:
        """The tree with the x that reaches the leaf's own layer."""
        return {**tree, "x": self._run(self._parts[0], tree)}

    def units_apart(self, tree: Tree) -> bool:
        """Whether every weight ``W[..., k]`` moves unit k of its layer's output alone, in the tree ``reaching`` it.

        Found out, not taken on trust: for each binary digit of k, the weights of all units that have it are moved at
        once, then those of all that have not; the units that were not meant must stay exactly as they are. Of any two
        units one is moved without the other.
        """
        leaf, unmoved = flatten(tree)[self.path], self._own(tree)
        units = leaf.shape[-1] if leaf.ndim else 1
        if not isinstance(unmoved, np.ndarray) or unmoved.shape[-1] != units or units == 1:
            return False
        direction = np.random.default_rng(0).uniform(-0.01, 0.01, leaf.shape) * np.maximum(1.0, np.abs(leaf))
        digits = (np.arange(units) >> bit & 1 == value for bit in range((units - 1).bit_length()) for value in (0, 1))
        return all((self._own(tree, leaf + direction * on)[..., ~on] == unmoved[..., ~on]).all() for on in digits)

    def _by_unit(self, tree: Tree, which: Array, offsets: Array) -> Array:
        """The values along the lines ``which``, each named once, where the units are apart."""
        unmoved = self._own(tree)
        blocks = range(0, len(which), oracles.BLOCK)
        parts = ((which[n : n + oracles.BLOCK], offsets[n : n + oracles.BLOCK]) for n in blocks)
        return np.concatenate([np.empty(0), *(self._unit_block(tree, unmoved, *part) for part in parts)])

    def _unit_block(self, tree: Tree, unmoved: Array, which: Array, offsets: Array) -> Array:
        leaf = flatten(tree)[self.path]
        rows, units = np.divmod(which, leaf.shape[-1])
        changed = np.empty((len(which), *unmoved.shape[:-1]))
        for row in np.unique(rows):
            here = np.flatnonzero(rows == row)
            moved = leaf.copy()
            moved.reshape(-1, leaf.shape[-1])[row, units[here]] += offsets[here]
            changed[here] = np.moveaxis(self._own(tree, moved)[..., units[here]], -1, 0)
        return self._rest_side_by_side({**tree, "x": unmoved}, units, changed)

    def _own(self, tree: Tree, leaf: Array | None = None) -> Tree:
        """The output of the leaf's own layer, with another ``leaf`` if there is one."""
        return self._run(self._parts[1], tree if leaf is None else replace_leaves(tree, {self.path: leaf}))

    def _run(self, model: Layer, tree: Tree) -> Tree:
        return model.forward(tree["params"], tree["state"], tree["x"], tree["key"], self.problem.train)[0]

    @cached_property
    def _parts(self) -> tuple[Layer, Layer, Problem, Problem]:
        """What comes before the leaf's layer, that layer, the loss from that layer on, the loss from behind it on."""
        branch, *names = self.path.split("/")
        if branch != "params":
            return Chain(), Chain(), self.problem, self.problem
        before, onwards = split(self.problem.model, names)
        own, rest = split(onwards, names, behind=True)
        return before, own, replace(self.problem, model=onwards), replace(self.problem, model=rest)

    @cached_property
    def _side_by_side(self) -> Callable[..., Array]:
        return oracles.side_by_side(oracles.moved_entry(self._parts[2].value, self.path))

    @cached_property
    def _rest_side_by_side(self) -> Callable[..., Array]:
        rest = self._parts[3]

        def at(tree: Tree, unit: Array, changed: Array) -> Array:
            return rest.value({**tree, "x": tree["x"].at[..., unit].set(changed)})

        return oracles.side_by_side(at)


def split(model: Layer, names: Sequence[str], behind: bool = False) -> tuple[Layer, Layer]:
    """Two networks that one after the other do what ``model`` does: cut before the layer at the path ``names``, or
    ``behind`` it. Chains are cut, and chains within them; any other layer stays in one piece.

    Both take the params and state of ``model``: where the other has a layer, they have an empty chain.
    """
    if type(model) is not Chain:
        return (model, Chain()) if behind else (Chain(), model)
    n, layers, nothing = model.names.index(names[0]), model.layers, Chain()
    first, second = split(layers[n], names[1:], behind)
    return (
        Chain(*layers[:n], first, *[nothing] * (len(layers) - n - 1), names=model.names),
        Chain(*[nothing] * n, second, *layers[n + 1 :], names=model.names),
    )
