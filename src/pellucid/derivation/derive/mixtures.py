"""Mixup: the examples of a batch as training mixes them, and how each input came about from two."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import numpy as np

from pellucid import ops
from pellucid.derivation.algebra.expression import Symbol
from pellucid.derivation.algebra.step import DerivationStep
from pellucid.derivation.trace.names import Names
from pellucid.derivation.trace.trace import Wire
from pellucid.layer import Loss
from pellucid.train.batch import Batch
from pellucid.train.mixup import draw_pairs, mix_pairs
from pellucid.train.recipe import MIXING
from pellucid.trees import flatten, tree_map
from pellucid.types import Array, Key, Tree

MOST = 120
"""Of more inputs than this only those are told that the derivation uses."""


class Mixtures(NamedTuple):
    """Of each mixture the number of its ``example`` and of its ``partner``, the ``share`` of the former, and both x."""

    example: Array
    partner: Array
    share: Array
    first: Tree
    second: Tree


def mix_examples(tree: Tree, loss: Loss, alpha: float, key: Key) -> tuple[Tree, Loss, Mixtures]:
    """The ``tree`` of a problem with its examples mixed, the loss for them, and what they were mixed from.

    ``key`` is that of the step.
    """
    x = tree_map(lambda leaf: leaf.astype(np.float64), tree["x"])
    batch = Batch(x, tree["target"])
    pairs = draw_pairs(batch, ops.fold_in(key, MIXING), alpha)
    mixture, mixed_loss = mix_pairs(batch, loss, pairs)
    second = tree_map(lambda leaf: leaf[pairs.partner], x)
    mixtures = Mixtures(np.arange(batch.examples), pairs.partner, pairs.share, x, second)
    return {**tree, "x": mixture.x, "target": mixture.target}, mixed_loss, mixtures


def mixture_lines(
    mixtures: Mixtures, alpha: float, wires: Mapping[str, Wire], names: Names, used: set[str]
) -> Iterator[DerivationStep]:
    """The share of each mixture, then how its inputs came about.

    Args:
        mixtures: what was mixed.
        alpha: both parameters of the Beta distribution.
        wires: the inputs, by their path in x.
        names: what the reader calls numbers.
        used: the names that the derivation uses; of many inputs the others are left out.
    """
    shares = []
    for i, (example, partner, share) in enumerate(zip(*mixtures[:3], strict=True)):
        shares.append(Symbol(names.of_loss("s", (i,)), float(share)))
        with_whom = "itself" if partner == example else f"example {partner}"
        why = (
            f"mixup: example {example} of the batch with {with_whom}; its share is drawn from Beta({alpha:g}, "
            f"{alpha:g}), the larger part of the two"
        )
        yield DerivationStep(shares[-1].name, None, float(share), why, (), "forward")
    few = sum(wire.value.size for wire in wires.values()) <= MOST
    first, second = flatten(mixtures.first), flatten(mixtures.second)
    why = "mixup: what goes in is a part of one example and a part of the other, and the target is mixed alike"
    for path, wire in wires.items():
        for index in np.ndindex(wire.value.shape):
            name = names.entry(wire, index)
            if few or name in used:
                s = shares[index[0]]
                one, other = (
                    Symbol(names.of_loss(f"x_{which}{wire.name.removeprefix('x')}", index), float(arrays[path][index]))
                    for which, arrays in (("first", first), ("second", second))
                )
                yield DerivationStep(name, s * one + (1.0 - s) * other, float(wire.value[index]), why, (), "forward")
