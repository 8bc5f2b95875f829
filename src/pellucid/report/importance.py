"""Permutation importance: what a network loses when a column's cells are shuffled among the examples."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from pellucid.runtime.deadline import Deadline
from pellucid.trees import tree_map
from pellucid.types import Tree

REPEATS = 5


@dataclass(frozen=True)
class Importance:
    """By how much the score of a network falls when a column is shuffled: the mean and its standard error.

    ``standard_error`` is that of ``repeats`` shuffles, NaN of a single one.
    """

    column: str
    mean: float
    standard_error: float
    repeats: int


def permutation_importance(
    score: Callable[[Tree], float],
    x: Tree,
    columns: Mapping[str, Sequence[tuple[str, int]]],
    deadline: Deadline,
    seed: int = 0,
) -> list[Importance]:
    """The importance of each column, the greatest first.

    A column that tells nothing, or nothing that others do not tell as well, has about 0.

    Args:
        score: how good the network is on inputs, more being better.
        x: the inputs, (B, ..., D) or a dict of such.
        columns: where each column stands in x, as ``Preparation.columns_in_x`` has it.
        deadline: after it no more is shuffled; each column has been shuffled as often as the others, or once more.
        seed: draws the orders.

    Returns:
        One for each column; none where the time was too short to shuffle each of them once.

    Source: Breiman 2001, "Random forests", section 10.
    """
    rng = np.random.default_rng(seed)
    whole, losses = score(x), dict[str, list[float]]((name, []) for name in columns)
    for _ in range(REPEATS):
        for name, places in columns.items():
            if deadline.is_over():
                break
            losses[name].append(whole - score(_shuffled(x, places, rng)))
    if not all(losses.values()):
        return []
    found = [Importance(name, float(np.mean(lost)), _error_of_mean(lost), len(lost)) for name, lost in losses.items()]
    return sorted(found, key=lambda one: -one.mean)


def _shuffled(x: Tree, places: Sequence[tuple[str, int]], rng: np.random.Generator) -> Tree:
    """x with the numbers at these places taken from other examples, all of one example from one other."""
    arrays = {name for name, _ in places}
    copied = {n: part.copy() if n in arrays else part for n, part in x.items()} if isinstance(x, dict) else x.copy()
    order: np.ndarray | None = None
    for name, index in places:
        array = copied[name] if isinstance(copied, dict) else copied
        order = rng.permutation(len(array)) if order is None else order
        array[..., index] = array[order][..., index]
    return tree_map(np.asarray, copied)


def _error_of_mean(values: Sequence[float]) -> float:
    return float(np.std(values, ddof=1) / np.sqrt(len(values))) if len(values) > 1 else float("nan")
