"""What the check of one leaf found: its largest errors, the verdict and what it means in plain words."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np

from pellucid.check.comparison import Compared
from pellucid.check.differences import RIGHT, WRONG
from pellucid.types import Array

Verdict: TypeAlias = Literal["right", "look closer", "wrong", "skipped"]
By: TypeAlias = Literal["entries", "directions"]


@dataclass(frozen=True)
class Furthest:
    """How far backward is from an oracle: the largest errors, and the slopes where the relative error is largest.

    ``where`` is the entry's index in its leaf; for random directions, the number of the direction.
    """

    absolute: float
    relative: float
    where: tuple[int, ...]
    backward: float
    oracle: float


@dataclass(frozen=True)
class LeafReport:
    """The check of one leaf: its path (such as ``dense_1/W``, or ``x``), its errors, the verdict and what it means.

    ``checked`` of its ``size`` numbers were checked, or with ``by`` "directions" so many random directions. At
    ``kinks`` of them the loss bends within the step, which is no fault; ``moved`` of these lie on the kink itself, so
    that their figures are those of a point nearby.
    """

    path: str
    shape: tuple[int, ...]
    size: int
    by: By
    checked: int
    numerical: Furthest | None
    automatic: Furthest | None
    kinks: int
    moved: int
    verdict: Verdict
    words: str


def checked_row(path: str, shape: tuple[int, ...], by: By, compared: Compared) -> LeafReport:
    """The row of a leaf whose slopes were compared."""
    error = compared.error
    worst = float(error.max(initial=0.0))
    verdict: Verdict = "right" if worst <= RIGHT else "look closer" if worst <= WRONG else "wrong"
    numerical = _furthest(compared, compared.numerical, compared.numerical_error, shape, by)
    automatic = _furthest(compared, compared.automatic, compared.automatic_error, shape, by)
    kinks = int((compared.moved | (compared.kink & (error <= RIGHT))).sum())
    moved = int(compared.moved.sum())
    words = _in_words(verdict, numerical, automatic) + _kinks_in_words(kinks, moved)
    size = math.prod(shape)
    return LeafReport(path, shape, size, by, len(error), numerical, automatic, kinks, moved, verdict, words)


def unchecked_row(path: str, shape: tuple[int, ...], verdict: Verdict, why: str) -> LeafReport:
    """The row of a leaf that has no slopes to compare."""
    words = f"{verdict}: {why}"
    return LeafReport(path, shape, math.prod(shape), "entries", 0, None, None, 0, 0, verdict, words)


def _furthest(compared: Compared, oracle: Array, relative: Array, shape: tuple[int, ...], by: By) -> Furthest | None:
    if relative.size == 0:
        return None
    n = int(np.argmax(relative))
    line = int(compared.which[n])
    where = tuple(map(int, np.unravel_index(line, shape))) if by == "entries" else (line,)
    finite = np.isfinite(compared.backward) & np.isfinite(oracle)
    absolute = np.abs(compared.backward[finite] - oracle[finite]).max(initial=0.0) if finite.all() else math.inf
    return Furthest(float(absolute), float(relative[n]), where, float(compared.backward[n]), float(oracle[n]))


def _in_words(verdict: Verdict, numerical: Furthest | None, automatic: Furthest | None) -> str:
    if numerical is None or automatic is None:
        return f"{verdict}: it has no numbers to check"
    if numerical.relative >= automatic.relative:
        worst, oracle = numerical, "central differences"
    else:
        worst, oracle = automatic, "automatic differentiation"
    if verdict == "right":
        return f"right: the largest relative error, {worst.relative:.1e}, is below 1e-7"
    range_ = "above 1e-4" if verdict == "wrong" else "between 1e-7 and 1e-4: perhaps a kink, perhaps a small mistake"
    return (
        f"{verdict} at {list(worst.where)}: {worst.backward:.9g} by backward, {worst.oracle:.9g} by {oracle}, "
        f"a relative error of {worst.relative:.1e}, {range_}"
    )


def _kinks_in_words(kinks: int, moved: int) -> str:
    words = ""
    if kinks > moved:
        words += f"; {kinks - moved} within a step of a kink, where backward has the slope of its own side"
    if moved:
        words += f"; {moved} right on a kink, where there is no one slope, and checked a little way off it"
    return words
